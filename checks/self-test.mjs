// node self-test.mjs SITE [WORD]: breaks the site in one way at a time and sees that each gate that should say so does.
// First every gate must be silent on the whole pages; a gate that always complains catches nothing.
import { launch } from './lib/browser.mjs';
import { BREAKS } from './breaks.mjs';
import { GATES } from './lib/gates.mjs';
import { Tabs, runOnce } from './lib/runs.mjs';
import { Site } from './lib/site.mjs';

const gateNamed = (name) => GATES.find((gate) => gate.name.startsWith(name));
const browser = await launch();
const missed = GATES.filter(({ name }) => !BREAKS.some(({ caught }) => caught.some((start) => name.startsWith(start))))
  .map(({ name }) => `${name}: inget fel prövar den; lägg till ett i checks/breaks.mjs`);
let asked = 0;
const start = performance.now();

const breaks = BREAKS.filter(({ name }) => name.includes(process.argv[3] ?? ''));
const pages = [...new Set(breaks.map(({ page }) => page))];
const whole = pages.map((page) => ({ name: `hel: ${page}`, page, silent: true,
  caught: [...new Set(breaks.filter((one) => one.page === page).flatMap(({ caught }) => caught))] }));
const queue = [...whole, ...breaks];
await Promise.all([worker(), worker()]);
await browser.close();

console.log(`\n${breaks.length} fel gjorda, ${asked} gånger skulle en kontroll säga till, ${missed.length} gånger gjorde den fel. ${Math.round((performance.now() - start) / 1000)} sekunder.`);
missed.forEach((line) => console.log(`  ${line}`));
process.exitCode = missed.length ? 1 : 0;

async function worker() {
  const site = await new Site(process.argv[2]).serve();
  const tabs = new Tabs(browser);
  for (let one = queue.shift(); one; one = queue.shift()) await tryBreak(one, site, tabs);
  await tabs.close();
  site.close();
}

async function tryBreak(one, site, tabs) {
  site.changed.clear();
  if (one.edit) {
    const text = site.read(one.file), broken = one.edit(text);
    if (broken === text) { missed.push(`${one.name}: felet gick inte att göra; ändra i checks/breaks.mjs`); return; }
    site.changed.set(one.file, broken);
  }
  const marks = [];
  for (const name of one.caught) {
    const found = await firstViolation(gateNamed(name), one, site, tabs);
    const isRight = Boolean(found) !== Boolean(one.silent);
    asked += one.silent ? 0 : 1;
    if (!isRight) missed.push(`${one.name}: ${name} ${found ? `klagade: ${found}` : 'såg det inte'}`);
    marks.push(`${name}${isRight ? '' : ' ✗'}`);
  }
  console.log(`${one.name.padEnd(44)} ${marks.join(', ')}`);
}

async function firstViolation(gate, one, site, tabs) {
  const page = site.pages.find(({ file }) => file === one.page);
  const alone = Object.create(site, { pages: { value: [page] }, chosen: { value: [page] } });
  const ofPage = ({ place }) => place === 'alla sidor' || place.split(/[ ?]/)[0] === page.address;
  const wanted = ({ place }) => !one.only || place.match(one.only) || place === 'alla sidor' || place === page.address;
  for (const run of gate.runs(alone).filter(ofPage).filter(wanted)) {
    const [found] = await runOnce(run, alone, tabs);
    if (found) return found;
  }
  return null;
}

// node run.mjs SITE [--golden] [--only=axe,nu]: all gates on a built site, and a table of what they found.
// Without --only the result is kept in result.json.
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { launch } from './lib/browser.mjs';
import { GATES } from './lib/gates.mjs';
import { runAll } from './lib/runs.mjs';
import { Site } from './lib/site.mjs';

const SHOWN = 60; // violations that are written out
const { values, positionals } = parseArgs({
  allowPositionals: true, options: { golden: { type: 'boolean' }, only: { type: 'string' } },
});
const names = values.only?.split(',') ?? (values.golden ? ['uppläsning'] : null);
const gates = GATES.filter(({ name }) => !names || names.includes(name));
if (!gates.length) throw new Error(`Välj bland: ${GATES.map(({ name }) => name).join(', ')}`);

const site = await new Site(positionals[0]).serve();
site.writesGolden = values.golden;
const browser = await launch();
const rows = new Map(gates.map((gate) => [gate, { runs: 0, violations: [], seconds: 0 }]));
const start = performance.now();
await runAll(gates, site, browser, (gate, run, violations, seconds) => {
  const row = rows.get(gate);
  row.runs += run.count ?? 1;
  row.seconds += seconds;
  row.violations.push(...violations.map((violation) => `${run.place}: ${violation}`));
});
const chromium = browser.version();
await browser.close();
site.close();

const total = [...rows.values()].reduce((sum, row) => sum + row.violations.length, 0);
table();
tellViolations();
if (!names) keep();
process.exitCode = total ? 1 : 0;

function table() {
  const line = (...cells) => console.log(cells.map((cell, number) => (number ? String(cell).padStart(10) : cell.padEnd(18))).join('').trimEnd());
  line('Kontroll', 'Körningar', 'Fel', 'Sekunder');
  for (const [gate, row] of rows) line(gate.name, row.runs, row.violations.length, Math.round(row.seconds));
  console.log(`\n${site.pages.length} sidor, ${Math.round((performance.now() - start) / 1000)} sekunder, Chromium ${chromium}.`);
  console.log(`Axe, IBM, pa11y, Nu, html-validate och nät ser alla sidor. De andra, och axe i fler lägen, ser ${site.chosen.length}: alla utom de flesta\nregelsidorna, som görs av samma mall. Av dem den kortaste, en mellan och den längsta.`);
}

function tellViolations() {
  const counted = new Map(); // the same fault on many pages is told once
  for (const [gate, row] of rows) {
    for (const violation of row.violations) {
      const key = `${gate.name}: ${violation.replace(/^.*?\): |^\S+: /, '')}`;
      counted.set(key, [...(counted.get(key) ?? []), violation]);
    }
  }
  for (const [key, all] of [...counted].slice(0, SHOWN)) console.log(`\n${key}\n    ${all.length} gånger, först: ${all[0].split(': ')[0]}`);
  if (counted.size > SHOWN) console.log(`\n… och ${counted.size - SHOWN} slag till`);
}

function keep() {
  const checks = [...rows].map(([{ name, tools, about }, row]) => ({
    name, about, tools: tools.map(([tool, version]) => ({ tool, version })), runs: row.runs, violations: row.violations.length,
  }));
  const date = new Date().toISOString().slice(0, 10);
  const result = { date, browser: `Chromium ${chromium}`, pages: site.pages.length, chosen: site.chosen.length, checks };
  fs.writeFileSync(new URL('result.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
}

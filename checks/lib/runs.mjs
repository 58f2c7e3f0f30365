// Runs: one check of one page in one setting each. A few go on at a time.
import os from 'node:os';
import { openTab } from './browser.mjs';

const AT_ONCE = Math.max(2, os.availableParallelism());
const LONGEST = 120_000; // a run that takes longer than this hangs

// A gate is { name, tools, runs(site) }; a run is { place, setting?, address?, check({ tab, site }) → [violation] }.
// `take` is given each run's violations as it ends.
export async function runAll(gates, site, browser, take) {
  const queue = gates.flatMap((gate) => gate.runs(site).map((run) => ({ gate, run })));
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const start = performance.now();
      const violations = await once(next.run, site, browser);
      take(next.gate, next.run, violations, (performance.now() - start) / 1000);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function once(run, site, browser) {
  const tab = run.setting && await openTab(browser, run.setting);
  try {
    if (tab && run.address) await tab.goto(site.base + run.address);
    return await withinTime(run.check({ tab, site, browser }));
  } catch (error) { // a gate that breaks down is a gate that found something
    return [`kontrollen gick inte att göra: ${String(error.message).split('\n')[0]}`];
  } finally {
    await tab?.context().close();
  }
}

async function withinTime(promise) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('den tog för lång tid')), LONGEST); });
  try { return await Promise.race([promise, late]); } finally { clearTimeout(timer); }
}

// The common shape of a gate: the same check of each page in each setting.
export const everyPage = (pages, settings, check) => pages.flatMap((page) => settings.map((setting) => ({
  place: `${page.address} (${setting.name})`, address: page.address, setting, check: (tools) => check(tools, page, setting),
})));

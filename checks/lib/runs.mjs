// Runs: one check of one page in one setting each. A few go on at a time.
import os from 'node:os';
import { openTab } from './browser.mjs';

const AT_ONCE = Math.max(2, os.availableParallelism());
const LONGEST = 120_000; // a run that takes longer than this hangs

// A gate is { name, tools, about, runs(site) }; a run is { place, setting?, address?, alone?, check({ tab, site }) →
// [violation] }. A run that leaves something behind in the browser is `alone`; others in the same setting share a tab.
// `take` is given each run's violations as it ends.
export async function runAll(gates, site, browser, take) {
  const queue = gates.flatMap((gate) => gate.runs(site).map((run) => ({ gate, run })));
  const total = queue.length;
  const worker = async () => {
    const tabs = new Tabs(browser);
    for (let next = queue.shift(); next; next = queue.shift()) {
      const start = performance.now();
      const violations = await runOnce(next.run, site, tabs);
      take(next.gate, next.run, violations, (performance.now() - start) / 1000);
      if (process.stderr.isTTY) process.stderr.write(`\r${total - queue.length} av ${total} körningar \r`);
    }
    await tabs.close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

// One tab at a time, kept as long as the setting is the same: a new one costs as much as a check.
export class Tabs {
  constructor(browser) { this.browser = browser; }

  async open({ setting, alone }) {
    if (this.tab && !alone && !this.used && this.setting === setting) return this.tab;
    await this.close();
    this.tab = await openTab(this.browser, setting);
    [this.setting, this.used] = [setting, alone];
    return this.tab;
  }

  async close() {
    await this.tab?.context().close();
    this.tab = null;
  }
}

export async function runOnce(run, site, tabs) {
  try {
    const tab = run.setting && await tabs.open(run);
    if (tab && run.address) await tab.goto(site.base + run.address);
    return await withinTime(run.check({ tab, site }));
  } catch (error) { // a gate that breaks down is a gate that found something
    await tabs.close();
    return [`kontrollen gick inte att göra: ${String(error.message).split('\n')[0]}`];
  }
}

async function withinTime(promise) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('den tog för lång tid')), LONGEST); });
  try { return await Promise.race([promise, late]); } finally { clearTimeout(timer); }
}

// The common shape of a gate: the same check of each page in each setting.
export const everyPage = (pages, settings, check) => settings.flatMap((setting) => pages.map((page) => ({
  place: `${page.address} (${setting.name})`, address: page.address, setting, check: (tools) => check(tools, setting),
})));

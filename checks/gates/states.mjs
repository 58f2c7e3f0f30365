// axe-core in the states that only use brings about.
import { MATRIX, NARROW } from '../lib/browser.mjs';
import { PLAN } from '../lib/places.mjs';
import { versionOf } from '../lib/versions.mjs';
import { violationsOf } from './axe.mjs';

const STATES = [
  { name: 'menyn öppen', address: PLAN, narrow: true, act: (tab) => tab.click('[data-ip-opens="ip-menu"]') },
  { name: 'sökrutan öppen', address: PLAN, narrow: true, act: (tab) => tab.click('[data-ip-opens="ip-search"]') },
  { name: 'sök med träffar', address: '/sok.html?q=plan', act: (tab) => tab.waitForSelector('#ip-results > li') },
  { name: 'sök utan träffar', address: '/sok.html?q=finnsinte', act: (tab) => tab.waitForFunction(() => document.getElementById('ip-search-status').textContent) },
  { name: 'sidan finns inte', address: '/finns/inte/', act: async () => {} },
  { name: 'listor utfällda', address: PLAN, act: (tab) => tab.evaluate(() => document.querySelectorAll('details').forEach((part) => { part.open = true; })) },
  { name: 'det andra läget', address: PLAN, act: otherScheme },
];

async function otherScheme(tab) {
  if (tab.viewportSize().width === NARROW) await tab.click('[data-ip-opens="ip-menu"]');
  await tab.click('#ip-scheme');
}

export const states = {
  name: 'lägen',
  tools: [['axe-core', versionOf('axe-core')]],
  about: 'Samma regler med menyn öppen, med sökträffar, utan sökträffar och när adressen är fel',
  runs: () => STATES.flatMap(({ name, address, narrow, act }) => MATRIX
    .filter((setting) => !narrow || setting.width === NARROW)
    .map((setting) => ({
      place: `${address} (${name}, ${setting.name})`, address, setting, alone: true,
      async check({ tab }) { await act(tab); return violationsOf(tab); },
    }))),
};

// axe-core with all its rules: WCAG A, AA and AAA, best practice and those still on trial.
import { FORCED, MATRIX, NARROW, STILL, setting } from '../lib/browser.mjs';
import { everyPage } from '../lib/runs.mjs';
import { sourceOf, versionOf } from '../lib/versions.mjs';

const SOURCE = sourceOf('axe-core/axe.min.js');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice', 'experimental'];

export async function violationsOf(tab) {
  await tab.evaluate(SOURCE);
  const { violations } = await tab.evaluate((values) => window.axe.run(document, {
    runOnly: { type: 'tag', values }, resultTypes: ['violations'],
  }), TAGS);
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help} – ${node.target.join(' ')}`));
}

const check = ({ tab }) => violationsOf(tab);

export const axe = {
  name: 'axe',
  tools: [['axe-core', versionOf('axe-core')]],
  about: 'Regler för tillgänglighet (WCAG 2.2, nivå A, AA och AAA) i ljust, mörkt och egna färger, smalt och brett fönster',
  runs(site) {
    const { pages, chosen } = site;
    const others = pages.filter((page) => !chosen.includes(page));
    return [
      ...everyPage(chosen, [...MATRIX, FORCED, STILL], check),
      ...everyPage(others, [setting('light', NARROW, 640)], check),
    ];
  },
};

// IBM Equal Access: the engine of accessibility-checker, put into the page. What it is sure of counts; what it asks
// a person to judge (POTENTIAL, MANUAL) does not.
import { NARROW, WIDE, setting } from '../lib/browser.mjs';
import { everyPage } from '../lib/runs.mjs';
import { sourceOf, versionOf } from '../lib/versions.mjs';

const SOURCE = sourceOf('accessibility-checker-engine/ace.js');

const SETTINGS = [setting('light', WIDE, 900), setting('dark', NARROW, 640)]; // each scheme and each layout once

async function check({ tab }) {
  await tab.evaluate(SOURCE);
  return tab.evaluate(async () => {
    const { results } = await new window.ace.Checker().check(document, ['WCAG_2_2']);
    return results.filter(({ value }) => value.join() === 'VIOLATION,FAIL')
      .map(({ ruleId, message, path }) => `${ruleId}: ${message} – ${path.dom}`);
  });
}

export const ibm = {
  name: 'ibm',
  tools: [['accessibility-checker-engine', versionOf('accessibility-checker-engine')]],
  about: 'IBM:s regler för WCAG 2.2, i ljust brett och mörkt smalt fönster',
  runs: (site) => everyPage(site.pages, SETTINGS, check),
};

// pa11y: HTML_CodeSniffer and an older axe, at WCAG 2 AAA. It drives a Chromium of its own. What that axe cannot decide
// (the contrast beside the numbers of a list of steps) is a warning; HTML_CodeSniffer and IBM measure it.
import tool from 'pa11y';
import { EXECUTABLE, SWITCHES } from '../lib/browser.mjs';
import { versionOf } from '../lib/versions.mjs';

const OPTIONS = {
  standard: 'WCAG2AAA', runners: ['axe', 'htmlcs'], timeout: 60_000, levelCapWhenNeedsReview: 'warning',
  viewport: { width: 1280, height: 900 },
  chromeLaunchConfig: { executablePath: EXECUTABLE, args: SWITCHES },
};
async function check(site, address) {
  const { issues } = await tool(site.base + address, OPTIONS);
  return issues.map(({ code, message, selector }) => `${code}: ${message} – ${selector}`);
}

export const pa11y = {
  name: 'pa11y',
  tools: [['pa11y', versionOf('pa11y')], ['HTML_CodeSniffer', versionOf('@pa11y/html_codesniffer')]],
  about: 'WCAG nivå AAA med andra program',
  runs: (site) => [...site.pages.map((page) => page.address), '/sok.html?q=plan']
    .map((address) => ({ place: address, check: () => check(site, address) })),
};

// Chromium, and the settings that a page is looked at with.
import { chromium } from 'playwright-core';

export const EXECUTABLE = process.env.CHROMIUM; // checks/prepare.sh finds it
export const SWITCHES = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--no-first-run'];

export const launch = () => chromium.launch({ executablePath: EXECUTABLE, args: SWITCHES });

// A setting: scheme (light, dark), width and height, and `more` for Playwright's own options.
export const setting = (scheme, width, height, more = {}, name = '') =>
  ({ scheme, width, height, more, name: `${scheme === 'dark' ? 'mörkt' : 'ljust'} ${width}${name && ` ${name}`}` });

export const WIDE = 1280, NARROW = 320;
export const MATRIX = ['light', 'dark'].flatMap((scheme) => [setting(scheme, WIDE, 900), setting(scheme, NARROW, 640)]);
export const FORCED = setting('light', NARROW, 640, { forcedColors: 'active' }, 'egna färger');
export const STILL = setting('light', WIDE, 900, { reducedMotion: 'reduce' }, 'utan rörelse');

export async function openTab(browser, chosen) {
  const context = await browser.newContext({
    colorScheme: chosen.scheme, viewport: { width: chosen.width, height: chosen.height }, locale: 'sv-SE',
    bypassCSP: true, ...chosen.more, // the tools are put into the page; the network gate keeps the policy
  });
  return context.newPage();
}

// Without JavaScript, and on paper: what is left must be whole.
import { NARROW, WIDE, setting } from '../lib/browser.mjs';
import { everyPage } from '../lib/runs.mjs';

const NO_SCRIPT = [NARROW, WIDE].map((width) => setting('light', width, 800, { javaScriptEnabled: false }, 'utan JavaScript'));
const A4_LESS_MARGINS = 643; // 170 mm
const SHELL = ['.ip-header__inner', '.ip-footer', 'nav', 'form', '.ip-skip'];

async function scriptless({ tab }) {
  const found = [], expect = (holds, fault) => { if (!holds) found.push(fault); };
  const links = tab.locator('.ip-nav > ul > li > a');
  expect(await links.count() > 0, 'menyn saknas');
  for (const link of await links.all()) expect(await link.isVisible(), `menyns länk syns inte: ${await link.innerText()}`);
  expect(await tab.locator('main h1').isVisible(), 'rubriken syns inte');
  expect(await tab.locator('form[role="search"] noscript').count() > 0, 'sökrutan säger inte att den behöver JavaScript');
  for (const button of await tab.locator('button[type="button"]').all()) expect(!await button.isVisible(), `en knapp som inget gör: ${await button.innerText()}`);
  const wide = await tab.evaluate(() => document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth + 1);
  expect(!wide, 'sidan rullar i sidled');
  return found;
}

export const noScript = {
  name: 'utan JavaScript', tools: [], about: 'Meny och text finns kvar utan JavaScript',
  runs: (site) => everyPage(site.chosen, NO_SCRIPT, scriptless),
};

const PRINTED = ['light', 'dark'].map((scheme) => setting(scheme, A4_LESS_MARGINS, 900, {}, 'utskrift'));

const sheets = async (tab) => (await tab.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g).length;

async function printed({ tab }) {
  await tab.emulateMedia({ media: 'print' });
  const found = [], expect = (holds, fault) => { if (!holds) found.push(fault); };
  for (const part of SHELL) {
    for (const element of await tab.locator(part).all()) expect(!await element.isVisible(), `skrivs ut: ${part}`);
  }
  expect(await tab.locator('main h1').isVisible(), 'rubriken skrivs inte ut');
  const seen = await tab.evaluate(() => {
    const luminance = (colour) => colour.match(/[\d.]+/g).slice(0, 3).map(Number).reduce((sum, part) => sum + part, 0) / 765;
    const root = document.scrollingElement;
    return {
      ground: luminance(getComputedStyle(document.body).backgroundColor),
      ink: Math.max(...[...document.querySelectorAll('main :is(h1, h2, h3, p, li, td, th)')].map((part) => luminance(getComputedStyle(part).color))),
      wide: root.scrollWidth > root.clientWidth + 1,
      small: [...document.querySelectorAll('main :is(p, li, td, th)')].some((part) => part.checkVisibility() && parseFloat(getComputedStyle(part).fontSize) < 14),
    };
  });
  expect(seen.ground === 1, 'papperet är inte vitt');
  expect(seen.ink < 0.45, 'texten är för ljus på papper');
  expect(!seen.wide, 'sidan är bredare än papperet');
  expect(!seen.small, 'texten är mindre än 10,5 punkter på papper');
  if (await tab.locator('.ip-guide').count()) expect(await sheets(tab) === 1, 'guiden ryms inte på ett A4');
  return found;
}

export const print = {
  name: 'utskrift', tools: [], about: 'Utskriften är svart på vitt, utan menyer, och inget hamnar utanför papperet',
  runs: (site) => everyPage(site.chosen, PRINTED, printed),
};

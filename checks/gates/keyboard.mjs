// The keyboard alone: Tab reaches all that a pointer can use, shows where it is, and never lands out of sight.
import { NARROW, WIDE, setting } from '../lib/browser.mjs';
import { PLAN } from '../lib/places.mjs';
import { everyPage } from '../lib/runs.mjs';

const SETTINGS = [[WIDE, 900], [NARROW, 640], [NARROW, 256]] // the last is a wide screen at 400 %
  .map(([width, height]) => setting('light', width, height, { reducedMotion: 'reduce' }, height === 256 ? '400 %' : ''));
const MOST_STOPS = 600;

// In the page: the helpers that each stop is judged with. Kept in the page, since each Tab asks for them.
function helpers() {
  const LEAST = 44;
  const BLOCKS = 'p, li, td, th, dd, dt, figcaption, caption, blockquote, h1, h2, h3, h4, h5, h6, div, section';
  const name = (element) => `<${element.localName}${element.id && `#${element.id}`}> ”${(element.ariaLabel ?? element.innerText ?? '').trim().slice(0, 40)}”`;
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length;
  const inSentence = (element) => getComputedStyle(element).display === 'inline'
    && element.closest(BLOCKS)?.innerText.replace(element.innerText, '').replace(/[\s.,:;–*()]/g, '').length > 0;
  const inView = (box) => box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
  function covered(element) {
    const points = [...element.getClientRects()].flatMap((box) => [0.1, 0.5, 0.9].map((part) => [box.left + box.width * part, box.top + box.height / 2]))
      .filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
    const isOwn = (hit) => hit && (element.contains(hit) || (hit.contains(element) && getComputedStyle(hit).display === 'inline'));
    return points.length > 0 && !points.some(([x, y]) => isOwn(document.elementFromPoint(x, y)));
  }
  const hasRing = ({ outlineStyle, outlineWidth, outlineColor, boxShadow }) =>
    (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && !/, 0\)$|transparent/.test(outlineColor)) || /[2-9]px(?! inset)/.test(boxShadow);
  function faults(element) {
    const box = element.getBoundingClientRect(), style = getComputedStyle(element), found = [];
    if (element.tabIndex > 0) found.push('tabindex större än noll');
    if (element.closest('[aria-hidden="true"], [inert]')) found.push('fokus på något som är dolt för skärmläsare');
    if (box.width < 2 || box.height < 2 || style.opacity === '0') found.push('fokus på något som inte syns');
    else if (!inView(box)) found.push('fokus utanför fönstret');
    else if (covered(element)) found.push('fokus bakom något annat');
    if (!hasRing(style)) found.push('fokus syns inte');
    if (!inSentence(element) && (box.width < LEAST - 0.5 || box.height < LEAST - 0.5)) found.push(`ytan är ${Math.round(box.width)}×${Math.round(box.height)}`);
    return found.map((fault) => `${fault} – ${name(element)}`);
  }
  const seen = new Set();
  const CONTROLS = 'a[href], button, input, select, textarea, summary, [tabindex="0"], [onclick], label[for], [role="button"], [role="link"]';
  const canFocus = (element) => !element.disabled && (element.localName !== 'label' || !isShown(document.getElementById(element.htmlFor) ?? element));
  window.walk = {
    stop() {
      const element = document.activeElement;
      if (!element || element === document.body || element === document.documentElement || seen.has(element)) return null;
      seen.add(element);
      return faults(element);
    },
    missed: () => [...document.querySelectorAll(CONTROLS)].filter((element) => isShown(element) && canFocus(element) && !seen.has(element))
      .map((element) => `nås inte med tangentbordet – ${name(element)}`),
  };
}

async function walk({ tab }) {
  await tab.evaluate(helpers);
  const found = [];
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    await tab.keyboard.press('Tab');
    const faults = await tab.evaluate(() => window.walk.stop());
    if (!faults) return [...found, ...await tab.evaluate(() => window.walk.missed())];
    found.push(...faults);
  }
  return [...found, 'Tab tar aldrig slut'];
}

// --- What one does: each returns what went wrong -------------------------------------------------------------------

const focused = (tab) => tab.evaluate(() => document.activeElement.dataset.ipOpens ?? document.activeElement.id);
const shown = (tab, selector) => tab.locator(selector).first().isVisible();

async function tabTo(tab, selector) {
  for (let stops = 0; stops < 30; stops += 1) {
    await tab.keyboard.press('Tab');
    if (await tab.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return true;
  }
  return false;
}

async function menu(tab) {
  const found = [], expect = (holds, fault) => { if (!holds) found.push(fault); };
  expect(await tabTo(tab, '[data-ip-opens="ip-menu"]'), 'menyknappen nås inte');
  expect(!await shown(tab, '.ip-nav a'), 'menyn är öppen från början');
  await tab.keyboard.press('Enter');
  expect(await shown(tab, '.ip-nav a'), 'menyn öppnas inte');
  expect(await tab.getAttribute('[data-ip-opens="ip-menu"]', 'aria-expanded') === 'true', 'aria-expanded säger inte att menyn är öppen');
  expect(await tabTo(tab, '.ip-nav a'), 'menyns länkar nås inte');
  await tab.keyboard.press('Escape');
  expect(!await shown(tab, '.ip-nav a'), 'Escape stänger inte menyn');
  expect(await focused(tab) === 'ip-menu', 'Escape lämnar inte tillbaka fokus till menyknappen');
  return found;
}

async function search(tab) {
  const found = [], expect = (holds, fault) => { if (!holds) found.push(fault); };
  if (tab.viewportSize().width === NARROW) {
    expect(await tabTo(tab, '[data-ip-opens="ip-search"]'), 'sökknappen nås inte');
    await tab.keyboard.press('Enter');
    expect(await focused(tab) === 'ip-query', 'sökfältet får inte fokus');
    await tab.keyboard.press('Escape');
    expect(await focused(tab) === 'ip-search', 'Escape lämnar inte tillbaka fokus till sökknappen');
    await tab.keyboard.press('Enter');
  } else expect(await tabTo(tab, '#ip-query'), 'sökfältet nås inte');
  await tab.keyboard.type('ledsagar'); // a part of a longer word
  await Promise.all([tab.waitForURL(/sok\.html\?q=ledsagar/), tab.keyboard.press('Enter')]);
  await tab.waitForFunction(() => document.readyState === 'complete');
  const status = tab.getByRole('status');
  expect(await status.count() === 1 && /Vi hittade ”ledsagar” på \d+/.test(await status.innerText()), 'träffarna sägs inte');
  expect(await tabTo(tab, '#ip-results a'), 'träffarna nås inte');
  return found;
}

async function skipLink(tab) {
  await tab.keyboard.press('Tab');
  const first = await tab.evaluate(() => document.activeElement.getAttribute('href'));
  const visible = await tab.evaluate(() => document.activeElement.getBoundingClientRect().width > 40);
  await tab.keyboard.press('Enter');
  const reached = await tab.evaluate(() => document.activeElement.closest('main') !== null);
  return first?.startsWith('#') && visible && reached ? [] : ['det första Tab når är inte en länk förbi menyn'];
}

async function scheme(tab) {
  const found = [], expect = (holds, fault) => { if (!holds) found.push(fault); };
  if (tab.viewportSize().width === NARROW) { await tabTo(tab, '[data-ip-opens="ip-menu"]'); await tab.keyboard.press('Enter'); }
  expect(await tabTo(tab, '#ip-scheme'), 'knappen för mörkt läge nås inte');
  const ground = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await ground();
  await tab.keyboard.press('Space');
  expect(await tab.getAttribute('#ip-scheme', 'aria-pressed') === 'true', 'knappen säger inte att mörkt läge är på');
  expect(await ground() !== before, 'mörkt läge gör ingen skillnad');
  return found;
}

const deed = (name, act, sizes) => SETTINGS.filter(({ width }) => sizes.includes(width)).map((chosen) => ({
  place: `${PLAN} (${name}, ${chosen.name})`, address: PLAN, setting: chosen, alone: true, check: ({ tab }) => act(tab),
}));

export const keyboard = {
  name: 'tangentbord',
  tools: [],
  about: 'Allt går att nå, se och använda med bara tangentbordet; det du trycker på är minst 44 pixlar',
  runs: (site) => [
    ...everyPage(site.chosen, SETTINGS, walk),
    ...deed('meny', menu, [NARROW]), ...deed('sök', search, [NARROW, WIDE]),
    ...deed('genväg', skipLink, [NARROW, WIDE]), ...deed('färgläge', scheme, [NARROW, WIDE]),
  ],
};

// Large text, narrow windows and one's own spacing: no sideways scrolling of the page, no cut words. And nothing moves.
import { NARROW, setting } from '../lib/browser.mjs';
import { everyPage } from '../lib/runs.mjs';

const SPACING = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }'
  + ' p { margin-bottom: 2em !important }'; // WCAG 1.4.12
const LARGE = ':root { font-size: 200% !important }'; // WCAG 1.4.4, text alone
const still = (width, height, name, css = '') => ({ ...setting('light', width, height, { reducedMotion: 'reduce' }, name), css });
const SETTINGS = [
  still(1280, 1024, '100 %'), still(1280, 1024, '100 % med avstånd', SPACING),
  still(640, 512, '200 %'), still(640, 512, '200 % med avstånd', SPACING), still(1280, 1024, 'dubbel text', LARGE),
  still(NARROW, 256, '400 %'), still(NARROW, 256, '400 % med avstånd', SPACING),
];

function faults() { // in the page
  const found = [], root = document.scrollingElement;
  const name = (element) => `<${element.localName} class="${element.className}"> ”${(element.innerText ?? '').trim().slice(0, 40)}”`;
  if (root.scrollWidth > root.clientWidth + 1) found.push(`sidan rullar i sidled (${root.scrollWidth} > ${root.clientWidth})`);
  for (const element of document.body.querySelectorAll('*')) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (box.width <= 1 || box.height <= 1 || style.clipPath !== 'none') continue; // for screen readers only
    const cuts = (overflow, content, space) => /hidden|clip/.test(overflow) && content > space + 1 && space > 0;
    if (cuts(style.overflowX, element.scrollWidth, element.clientWidth) || cuts(style.overflowY, element.scrollHeight, element.clientHeight)) found.push(`text skärs av – ${name(element)}`);
    if (hasText && box.right > innerWidth + 1 && !element.closest('.ip-table')) found.push(`text utanför fönstret – ${name(element)}`);
    if (hasText && parseFloat(style.fontSize) < 16) found.push(`text mindre än 16 px – ${name(element)}`);
    if (style.textAlign === 'justify' || style.hyphens === 'auto') found.push(`text sträcks ut eller avstavas – ${name(element)}`);
  }
  return found;
}

function moving() { // in the page: what moves, plays or reloads by itself, whether or not the reader asked for stillness
  const found = document.getAnimations().map(({ effect }) => `rör sig – <${effect.target.localName} class="${effect.target.className}">`);
  for (const element of document.querySelectorAll('*')) {
    const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element);
    if (animationName !== 'none' || transitionDuration.split(',').some((time) => parseFloat(time) > 0) || scrollBehavior === 'smooth') found.push(`kan röra sig – <${element.localName} class="${element.className}">`);
  }
  const alone = document.querySelectorAll('[autoplay], marquee, blink, meta[http-equiv="refresh" i], img[src$=".gif"]');
  return [...found, ...[...alone].map((element) => `går av sig självt – <${element.localName}>`)];
}

async function check({ tab }, { css }) {
  if (css) await tab.addStyleTag({ content: css });
  return [...await tab.evaluate(faults), ...await tab.evaluate(moving)];
}

export const reflow = {
  name: 'omflöde',
  tools: [],
  about: 'Texten får plats i 320 pixlar, i 400 %, med dubbel textstorlek och med större avstånd; inget rör sig',
  runs: (site) => everyPage(site.chosen, SETTINGS, check),
};

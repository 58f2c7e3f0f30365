// What is heard: the accessibility tree of key pages, and a few of them read aloud by a virtual screen reader,
// kept as golden text. `checks/run --golden` writes them anew; then read the difference before you keep it.
import fs from 'node:fs';
import { setting } from '../lib/browser.mjs';
import { KEY_PAGES, SPOKEN } from '../lib/places.mjs';
import { sourceOf, versionOf } from '../lib/versions.mjs';

const GOLDEN = new URL('../golden/', import.meta.url);
const READER = sourceOf('@guidepup/virtual-screen-reader/lib/esm/index.browser.js');
const CHOSEN = setting('light', 1280, 900);
const MOST_PHRASES = 3000;
const SIZES = [/\d+\s[kM]B\)/g, '… kB)']; // the weight of a PDF is no matter of how the page is heard

const tree = (tab) => tab.locator('body').ariaSnapshot();

async function speech(tab) {
  await tab.route('**/virtual-screen-reader.js', (route) => route.fulfill({ contentType: 'text/javascript', body: READER }));
  const phrases = await tab.evaluate(async (most) => {
    document.querySelectorAll('noscript').forEach((part) => part.remove()); // no reader meets it while there is JavaScript
    const { virtual } = await import('/virtual-screen-reader.js');
    await virtual.start({ container: document.body });
    for (let number = 0; number < most && await virtual.lastSpokenPhrase() !== 'end of document'; number += 1) await virtual.next();
    const log = await virtual.spokenPhraseLog();
    await virtual.stop();
    return log;
  }, MOST_PHRASES);
  return phrases.join('\n');
}

async function compare(name, text, write) {
  const file = new URL(name, GOLDEN), now = `${text.replace(...SIZES)}\n`;
  if (write) { fs.mkdirSync(GOLDEN, { recursive: true }); fs.writeFileSync(file, now); return []; }
  const before = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  if (before === now) return [];
  const [old, fresh] = [before.split('\n'), now.split('\n')];
  const line = fresh.findIndex((words, number) => words !== old[number]);
  return [`checks/golden/${name} rad ${line + 1}: ”${old[line] ?? ''}” är nu ”${fresh[line] ?? ''}”`];
}

export const heard = {
  name: 'uppläsning',
  tools: [['virtual-screen-reader', versionOf('@guidepup/virtual-screen-reader')]],
  about: 'De viktigaste sidorna läses upp som förut: rubriker, namn och ordning',
  runs: (site) => Object.entries(KEY_PAGES).flatMap(([name, address]) => {
    const run = (kind, listen) => ({
      place: `${address} (${kind})`, address, setting: CHOSEN, alone: true,
      check: async ({ tab }) => compare(`${name}.${kind}`, await listen(tab), site.writesGolden),
    });
    return [run('yml', tree), ...(SPOKEN.includes(name) ? [run('txt', speech)] : [])];
  }),
};

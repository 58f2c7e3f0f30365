// What leaves the page: nothing. The policy is in force, no file is asked of another host, nothing is said in the
// console; from a server and opened as files from a folder.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setting } from '../lib/browser.mjs';

const CHOSEN = setting('light', 1280, 900, { bypassCSP: false });

function listen(tab, own) {
  const found = [];
  tab.on('request', (request) => {
    if (![...own, 'data:'].some((start) => request.url().startsWith(start))) found.push(`hämtar från annan plats: ${request.url()}`);
  });
  tab.on('requestfailed', (request) => found.push(`kom inte fram: ${request.url()}`));
  tab.on('response', (response) => {
    if (response.status() >= 400 && !response.request().isNavigationRequest()) found.push(`${response.status()}: ${response.url()}`);
  });
  tab.on('console', (message) => found.push(`konsolen: ${message.text()}`));
  tab.on('pageerror', (error) => found.push(`fel i skriptet: ${error.message}`));
  return found;
}

async function visit(tab, url, own) {
  const found = listen(tab, own);
  await tab.addInitScript(() => document.addEventListener('securitypolicyviolation',
    (event) => console.error(`policyn bruten: ${event.violatedDirective} ${event.blockedURI}`)));
  await tab.goto(url, { waitUntil: 'load' });
  const state = await tab.evaluate(() => ({
    policy: document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content ?? '',
    kept: document.cookie.length + sessionStorage.length + localStorage.length,
  }));
  if (!/default-src 'none'; script-src 'self'; style-src 'self'/.test(state.policy)) found.push('policyn saknas eller är svagare');
  if (state.kept) found.push('sidan sparar något utan att du har valt det');
  return found;
}

export const network = {
  name: 'nät',
  tools: [],
  about: 'Inget hämtas från någon annan, och inget sparas',
  runs(site) {
    const byHttp = site.pages.map(({ address }) => ({
      place: address, setting: CHOSEN, alone: true, check: ({ tab }) => visit(tab, site.base + address, [site.base]),
    }));
    return [...byHttp, ...fromFolder(site)];
  },
};

// The site as a folder (no server): every kind of page, and a search that leads to a page that is there.
function fromFolder(site) {
  const root = pathToFileURL(site.folder).href + '/';
  const pages = site.chosen.filter(({ file }) => file !== '404.html'); // only a server shows it, so its paths begin with /
  return [
    ...pages.map(({ file }) => ({ place: `file: ${file}`, setting: CHOSEN, alone: true, check: ({ tab }) => visit(tab, root + file, [root]) })),
    { place: 'file: sök', setting: CHOSEN, alone: true, check: ({ tab }) => searchFromFolder(tab, root) },
  ];
}

async function searchFromFolder(tab, root) {
  const found = await visit(tab, `${root}index.html`, [root]);
  await tab.fill('#ip-query', 'ledsagar');
  await tab.keyboard.press('Enter');
  await tab.click('#ip-results > li a');
  await tab.waitForLoadState();
  const reached = path.extname(new URL(tab.url()).pathname) === '.html' && await tab.locator('main h1').count() === 1;
  return reached ? found : [...found, `sökträffen leder till ${tab.url()}`];
}

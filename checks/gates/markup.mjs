// Is the HTML right? The Nu checker of the W3C, with warnings as errors, and html-validate. Both are quick: all pages.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';
import { versionOf } from '../lib/versions.mjs';

const JAR = fileURLToPath(new URL('../node_modules/vnu-jar/build/dist/vnu.jar', import.meta.url));
const POLICY = /\s*<meta http-equiv="Content-Security-Policy"[^>]*>/; // Nu weighs it against file: and so finds it broken

async function checkNu(site, pages) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nu-'));
  try {
    pages.forEach(({ file }, number) => fs.writeFileSync(path.join(folder, `${number}.html`), site.read(file).replace(POLICY, '')));
    return (await messages(folder)).map(({ url, message, lastLine }) => `${pages[Number(path.parse(url).name)].address}:${lastLine}: ${message}`);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function messages(folder) {
  return new Promise((resolve, reject) => {
    const settings = ['-Xss4m', '-jar', JAR, '--Werror', '--format', 'json', '--skip-non-html', folder];
    execFile('java', settings, { maxBuffer: 1 << 26 }, (error, _, told) => {
      try { resolve(JSON.parse(told).messages); } catch { reject(error ?? new Error('Nu svarade inte')); }
    });
  });
}

export const nu = {
  name: 'nu',
  tools: [['Nu Html Checker', versionOf('vnu-jar')]],
  about: 'HTML-koden på alla sidor är rätt, och varningar räknas som fel',
  runs: (site) => [{ place: 'alla sidor', count: site.pages.length, check: () => checkNu(site, site.pages) }],
};

const checker = new HtmlValidate(new FileSystemConfigLoader());
const CONFIG = fileURLToPath(new URL('../page.html', import.meta.url)); // the rules lie beside this name

async function checkValidity(site, { file }) {
  const { results } = await checker.validateString(site.read(file), CONFIG);
  return results.flatMap((result) => result.messages).map(({ ruleId, message, line }) => `${ruleId}: ${message} – rad ${line}`);
}

export const validity = {
  name: 'html-validate',
  tools: [['html-validate', versionOf('html-validate')]],
  about: 'HTML-koden på alla sidor, kontrollerad med ett andra program',
  runs: (site) => site.pages.map((page) => ({ place: page.address, check: () => checkValidity(site, page) })),
};

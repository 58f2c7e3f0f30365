// The built site: its pages, which of them stand for many, and a server that can show it with single files changed.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { ALIKE } from './places.mjs';

const TYPES = {
  '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.json': 'application/json',
  '.pdf': 'application/pdf', '.png': 'image/png', '.svg': 'image/svg+xml', '.woff2': 'font/woff2',
};
const CHOSEN = 3;

export class Site {
  constructor(folder) {
    this.folder = path.resolve(folder);
    this.changed = new Map(); // file name → text that is served in its place: how the self-test breaks the site
    const files = fs.readdirSync(this.folder, { recursive: true }).filter((name) => name.endsWith('.html')).sort();
    this.pages = files.map((file) => ({ file, address: '/' + file.replace(/(^|\/)index\.html$/, '$1') }));
    if (!this.pages.length) throw new Error(`Inga sidor i ${this.folder}`);
  }

  // Every page but those that are alike; of these the smallest, the middlemost and the largest.
  get chosen() {
    const alike = this.pages.filter(({ address }) => ALIKE.test(address)).sort((a, b) => this.size(a) - this.size(b));
    const step = (alike.length - 1) / (CHOSEN - 1);
    const kept = new Set([...Array(CHOSEN).keys()].map((number) => alike[Math.round(number * step)]));
    return this.pages.filter((page) => !alike.includes(page) || kept.has(page));
  }

  size(page) { return fs.statSync(path.join(this.folder, page.file)).size; }

  read(file) { return this.changed.get(file) ?? fs.readFileSync(path.join(this.folder, file), 'utf8'); }

  async serve() {
    this.server = http.createServer((request, response) => {
      const [status, file] = this.find(decodeURIComponent(new URL(request.url, 'http://site').pathname));
      response.writeHead(status, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
      response.end(this.changed.get(file) ?? fs.readFileSync(path.join(this.folder, file)));
    });
    await new Promise((ready) => this.server.listen(0, '127.0.0.1', ready));
    this.base = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  find(address) {
    const file = path.normalize(address.endsWith('/') ? `${address}index.html` : address).slice(1);
    const full = path.join(this.folder, file);
    return fs.existsSync(full) && fs.statSync(full).isFile() ? [200, file] : [404, '404.html'];
  }

  close() { this.server.close(); }
}

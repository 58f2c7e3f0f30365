// The built site: its pages, which of them stand for many, and a server that can show it with single files changed.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const TYPES = {
  '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.json': 'application/json',
  '.pdf': 'application/pdf', '.png': 'image/png', '.svg': 'image/svg+xml', '.woff2': 'font/woff2',
};
const MANY = 12; // a folder with more pages than this is made from one template
const CHOSEN = 3;

export class Site {
  constructor(folder) {
    this.folder = path.resolve(folder);
    this.changed = new Map(); // file name → text that is served in its place: how the self-test breaks the site
    const files = fs.readdirSync(this.folder, { recursive: true }).filter((name) => name.endsWith('.html')).sort();
    this.pages = files.map((file) => ({ file, address: '/' + file.replace(/(^|\/)index\.html$/, '$1') }));
    if (!this.pages.length) throw new Error(`Inga sidor i ${this.folder}`);
  }

  // Every page but those of a folder with many; of these the smallest, the middlemost and the largest.
  get chosen() {
    const folders = Map.groupBy ? Map.groupBy(this.pages, folderOf) : groupBy(this.pages, folderOf);
    const kept = new Set();
    for (const pages of folders.values()) {
      const bySize = [...pages].sort((a, b) => this.size(a) - this.size(b));
      const step = (bySize.length - 1) / (CHOSEN - 1);
      const some = [...Array(CHOSEN).keys()].map((number) => bySize[Math.round(number * step)]);
      (pages.length > MANY ? some : pages).forEach((page) => kept.add(page));
    }
    return this.pages.filter((page) => kept.has(page));
  }

  page(address) {
    const found = this.pages.find((page) => page.address === address);
    if (!found) throw new Error(`Sidan ${address} finns inte längre. Ändra i checks/.`);
    return found;
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

const folderOf = (page) => path.dirname(path.dirname(page.file));

function groupBy(items, key) { // node 20 has no Map.groupBy
  const groups = new Map();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

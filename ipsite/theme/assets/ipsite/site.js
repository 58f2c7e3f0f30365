/* All the script the site has: colour scheme, the list of contents, the header's two panels, and the search page.
   It is loaded in the head, so that a chosen scheme holds before anything is painted. */
(function () {
  'use strict';
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  root.classList.replace('no-js', 'js');

  // A storage that may be forbidden (private mode, files opened from a folder): then the choice lasts for the page.
  const store = {
    read() { try { return localStorage.getItem('ip-scheme'); } catch { return null; } },
    write(value) {
      try { if (value) localStorage.setItem('ip-scheme', value); else localStorage.removeItem('ip-scheme'); } catch { /* forbidden */ }
    },
  };
  const system = matchMedia('(prefers-color-scheme: dark)');
  let choice = store.read();
  const isDark = () => (choice ? choice === 'dark' : system.matches);

  function applyScheme() {
    if (choice) root.dataset.ipScheme = choice; else delete root.dataset.ipScheme;
    const button = byId('ip-scheme');
    if (button) button.setAttribute('aria-pressed', String(isDark()));
  }

  function schemeButton() {
    const button = byId('ip-scheme');
    if (!button || !CSS.supports('color', 'light-dark(#000, #fff)')) return;
    button.hidden = false;
    applyScheme();
    system.addEventListener('change', applyScheme);
    button.addEventListener('click', () => {
      const wanted = isDark() ? 'light' : 'dark';
      choice = wanted === (system.matches ? 'dark' : 'light') ? null : wanted; // back to following the system
      store.write(choice);
      applyScheme();
    });
  }

  // The list of what is on the page: unfolded where site.css gives it a column of its own, folded above the text elsewhere.
  function contents() {
    const list = byId('ip-toc'), hasColumn = matchMedia('(min-width: 64em)');
    if (!list) return;
    const fold = () => { list.open = hasColumn.matches; };
    hasColumn.addEventListener('change', fold);
    fold();
    document.querySelector('.ip-up__link').addEventListener('click', () => { list.open = true; });
  }

  // Buttons that open a panel: one panel at a time; Escape closes it and gives the focus back.
  function panels() {
    const buttons = [...document.querySelectorAll('[data-ip-opens]')];
    const isOpen = (button) => button.getAttribute('aria-expanded') === 'true';
    function set(button, open) {
      button.setAttribute('aria-expanded', String(open));
      byId(button.dataset.ipOpens).classList.toggle('ip-open', open);
    }
    for (const button of buttons) {
      button.hidden = false;
      button.addEventListener('click', () => {
        const open = !isOpen(button);
        buttons.forEach((other) => set(other, other === button && open));
        const field = byId(button.dataset.ipOpens).querySelector('input');
        if (open && field) field.focus();
      });
    }
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      const button = buttons.find(isOpen);
      if (button) { set(button, false); button.focus(); }
    });
  }

  // Search. A word is found as it is, in another form ("begära" finds "begär"), and as a part of a longer one ("plan" finds
  // "genomförandeplan"): the nearer, the better. Pages that have more of the words come first; of those, the ones that
  // have them in the title, then in the summary or a heading, then in the text; of those, the ones first in the menu. A
  // question that is a heading, word for word, is as good as a title.
  const fold = (text) => text.normalize('NFC').toLowerCase();
  const TITLE = 100, SUMMARY = 10, HEADING = 10, TEXT = 1;
  const WHOLE = 1, BEGINNING = 0.8, INSIDE = 0.5;
  const LETTER = /[\p{L}\p{N}]/u;
  const ENDINGS = new Set('orna arna erna ande ade are or ar er en et as es ad na a e n t s d'.split(' '));
  // What is asked with and not about. A page need not have them, but between equal pages they tell.
  const SMALL = 1 / 20;
  const SMALL_WORDS = new Set(('att av blir de den det dig din du där en ett får för från gör ha har hur i inte jag kan med mig '
    + 'min mitt mot måste när och om på ska som så till vad var vem vi vid vilka vilken är').split(' '));
  const RULE = /^regler\/ip/, LAST = 1 / 1000; // a rule for plan files: there are fifty, and few who search mean them
  const TOGETHER = 8, SHOWN = 100; // parts that are looked in at a time; pages that are shown

  function gather(entries) {
    const pages = new Map();
    for (const entry of entries) {
      const location = entry.location.split('#')[0];
      if (!pages.has(location)) pages.set(location, { location, title: entry.title, summary: '', parts: [] });
      const page = pages.get(location);
      const isHeading = entry.location.includes('#');
      if (!isHeading) page.title = entry.title;
      if (entry.summary) page.summary = entry.summary;
      page.parts.push({ location: entry.location, heading: isHeading ? entry.title : '', text: entry.text,
        foldedHeading: isHeading ? fold(entry.title) : '', foldedText: fold(entry.text) });
    }
    return [...pages.values()];
  }

  // "begär" of "begära": without the longest ending that leaves four letters.
  function stem(word) {
    const length = [4, 3, 2, 1].find((size) => word.length >= size + 4 && ENDINGS.has(word.slice(-size)));
    return length ? word.slice(0, -length) : word;
  }

  function asked(query) {
    const words = [...new Set(fold(query).split(/[\s?!.,;:"”]+/).filter(Boolean))];
    const isNeeded = (word) => !SMALL_WORDS.has(word) || words.every((one) => SMALL_WORDS.has(one));
    return words.map((word) => ({ word, stem: stem(word), weight: isNeeded(word) ? 1 : SMALL }));
  }

  // 0 where the word is not in the text.
  function nearness(text, { word, stem }) {
    let best = 0;
    for (let at = text.indexOf(stem); at >= 0 && best < WHOLE; at = text.indexOf(stem, at + 1)) {
      const begins = !LETTER.test(text.charAt(at - 1));
      const isWhole = begins && text.startsWith(word, at) && !LETTER.test(text.charAt(at + word.length));
      best = Math.max(best, isWhole ? WHOLE : begins ? BEGINNING : INSIDE);
    }
    return best;
  }

  const total = (numbers) => numbers.reduce((sum, of) => sum + of, 0);

  function rank(page, words) {
    const title = fold(page.title), summary = fold(page.summary), question = words.map(({ word }) => word).join(' ');
    const isAsked = words.length > 2 && page.parts.some(({ foldedHeading }) => foldedHeading.includes(question));
    const names = isAsked ? `${title} ${question}` : title;
    const inPart = (part, one) => one.weight * (HEADING * nearness(part.foldedHeading, one) + TEXT * nearness(part.foldedText, one));
    const inParts = page.parts.map((part) => words.map((one) => inPart(part, one)));
    const aboutIt = words.map((one) => one.weight * (TITLE * nearness(names, one) + SUMMARY * nearness(summary, one)));
    const points = aboutIt.map((of, number) => of + Math.max(...inParts.map((part) => part[number])));
    const found = points.filter((of, number) => of && words[number].weight === 1).length;
    const best = inParts.reduce((first, next) => (total(next) > total(first) ? next : first));
    const score = (total(points) + (title === question ? TITLE : 0)) * (RULE.test(page.location) ? LAST : 1);
    return { page, part: page.parts[inParts.indexOf(best)], found, score };
  }

  function marked(text, words) {
    const nodes = document.createDocumentFragment();
    const folded = fold(text);
    let at = 0;
    while (at < text.length) {
      const hits = words.map((word) => [folded.indexOf(word, at), word.length]).filter(([start]) => start >= 0);
      if (!hits.length) break;
      const [start, length] = hits.reduce((a, b) => (b[0] < a[0] || (b[0] === a[0] && b[1] > a[1]) ? b : a));
      const mark = document.createElement('mark');
      mark.textContent = text.slice(start, start + length);
      nodes.append(text.slice(at, start), mark);
      at = start + length;
    }
    nodes.append(text.slice(at));
    return nodes;
  }

  // About 180 characters around the first word, cut between words.
  function excerpt(text, words) {
    const folded = fold(text);
    const found = words.map((word) => folded.indexOf(word)).filter((start) => start >= 0);
    const first = found.length ? Math.min(...found) : 0;
    const start = first > 70 ? text.lastIndexOf(' ', first - 60) + 1 : 0;
    const cut = text.lastIndexOf(' ', start + 180);
    const end = text.length <= start + 180 ? text.length : (cut > first ? cut : start + 180);
    return (start ? '… ' : '') + text.slice(start, end).trim() + (end < text.length ? '\u00a0…' : '');
  }

  function item(hit, words, base) {
    const element = document.createElement('li');
    const link = document.createElement('a');
    const href = (location) => base + location;
    link.href = href(hit.page.location);
    link.append(marked(hit.page.title, words));
    element.append(link);
    if (hit.part.heading) {
      const line = document.createElement('p'), place = document.createElement('a');
      place.href = href(hit.part.location);
      place.append(marked(hit.part.heading, words));
      line.append('Under rubriken ', place);
      element.append(line);
    }
    if (hit.part.text) {
      const line = document.createElement('p');
      line.append(marked(excerpt(hit.part.text, words), words));
      element.append(line);
    }
    return element;
  }

  function load(address) {
    const script = document.createElement('script');
    return new Promise((done, failed) => {
      Object.assign(script, { src: address, async: false, onload: done, onerror: failed }); // in the order they are asked for
      document.head.append(script);
    }).finally(() => script.remove());
  }

  // A few parts at a time, each forgotten when it has been looked in: those of ten thousand plans do not fit in memory.
  async function search(parts, words, tell) {
    let best = [], count = 0, most = 1;
    for (let at = 0; at < parts.length; at += TOGETHER) {
      tell(at / parts.length);
      window.ipSearchIndex = { docs: [] };
      await Promise.all(parts.slice(at, at + TOGETHER).map(load));
      const hits = gather(window.ipSearchIndex.docs).map((page) => rank(page, words));
      const more = Math.max(most, ...hits.map(({ found }) => found));
      if (more > most) { best = []; count = 0; most = more; }
      const found = hits.filter((hit) => hit.found === most);
      count += found.length;
      best = [...best, ...found].sort((a, b) => b.score - a.score).slice(0, SHOWN);
    }
    return { best, count, isAll: most === words.filter(({ weight }) => weight === 1).length };
  }

  // What one sees of a long search; one who listens is told when it is done.
  function meter(before) {
    const bar = document.createElement('progress');
    bar.setAttribute('aria-label', 'Så långt har sökningen kommit');
    return { tell: (share) => { if (share) { bar.value = share; before.after(bar); } }, end: () => bar.remove() };
  }

  function answer(query, { best, count, isAll }) {
    if (!count) return 'Vi hittade inte ”' + query + '”. Prova ett annat ord, eller bara en del av ordet.';
    const found = isAll ? 'Vi hittade ”' + query + '” på ' + pages(count) + '.' : 'Ingen sida har alla orden i ”' + query + '”. ' + pages(count) + ' har några av dem.';
    return count > best.length ? found + ' Här är de ' + best.length + ' som passar bäst.' : found;
  }
  const pages = (count) => (count === 1 ? '1 sida' : count + ' sidor');

  async function searchPage() {
    const list = byId('ip-results'), status = byId('ip-search-status');
    if (!list) return;
    const query = (new URLSearchParams(location.search).get('q') || '').trim();
    const words = asked(query);
    byId('ip-query').value = query;
    if (!words.length) return;
    const { base, parts } = list.dataset, bar = meter(status);
    try {
      const found = await search(parts.split(' ').map((part) => base + part), words, bar.tell);
      status.textContent = answer(query, found);
      document.title = (found.count ? pages(found.count) : 'Inga träffar') + ' – ' + document.title;
      list.hidden = !found.count;
      const shown = words.filter(({ weight }) => weight === 1).flatMap((one) => [one.word, one.stem]);
      list.append(...found.best.map((hit) => item(hit, shown, base)));
    } catch {
      status.textContent = 'Sökningen kunde inte laddas. Försök igen senare.';
    } finally {
      bar.end();
    }
  }

  applyScheme();
  document.addEventListener('DOMContentLoaded', () => { schemeButton(); contents(); panels(); searchPage(); });
}());

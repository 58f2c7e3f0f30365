// Deliberate breaks of the site, one at a time, and the gates that must each see it.
import { PLAN } from './lib/places.mjs';

const plan = `${PLAN.slice(1)}index.html`, tables = 'ip-sip-genomforandeplan/index.html', search = 'sok.html';
const css = 'assets/ipsite/site.css', script = 'assets/ipsite/site.js';

// `edit` → the changed text of `file`; `page` is where the gates look; `only` is a part of a run's place.
const on = (file, name, from, to, caught, only) =>
  ({ name, file, page: file, edit: (text) => (from.flags === undefined ? text.replaceAll(from, to) : text.replace(from, to)), caught: caught.split(' '), only });
const style = (name, rules, caught, only, page = plan) =>
  ({ name, file: css, page, edit: (text) => text + rules, caught: caught.split(' '), only });
const code = (name, from, to, caught, only, page = plan) =>
  ({ name, file: script, page, edit: (text) => text.replace(from, to), caught: caught.split(' '), only });
const before = (end) => (extra) => [end, `${extra}${end}`];
const inMain = before('</main>'), inHead = before('</head>');

export const BREAKS = [
  // The page as a whole
  on(plan, 'språket saknas', '<html lang="sv"', '<html', 'axe ibm pa11y nu html-validate'),
  on(plan, 'språket finns inte', '<html lang="sv"', '<html lang="svenska"', 'axe'),
  on(plan, 'titeln saknas', /<title>.*?<\/title>/s, '', 'axe pa11y nu html-validate'),
  on(plan, 'titeln är tom', /<title>.*?<\/title>/s, '<title></title>', 'axe nu html-validate'),
  on(plan, 'förstoring förbjuden', 'initial-scale=1"', 'initial-scale=1,maximum-scale=1,user-scalable=no"', 'axe'),
  on(plan, 'sidan laddas om själv', ...inHead('<meta http-equiv="refresh" content="60">'), 'axe omflöde'),
  on(plan, 'huvuddelen saknas', /<(\/?)main\b/g, '<$1div', 'axe uppläsning'),
  on(plan, 'två menyer med samma namn', 'aria-label="Du är här"', 'aria-label="Huvudmeny"', 'axe ibm html-validate'),
  on(plan, 'genvägen saknas', /<nav class="ip-skip".*?<\/nav>/s, '', 'tangentbord uppläsning', /genväg|yml/),
  on(plan, 'samma id två gånger', ...inMain('<p id="ip-menu">x</p>'), 'nu html-validate'),

  // Headings, lists, tables, pictures
  on(plan, 'rubriknivå hoppas över', /<(\/?)h3\b/g, '<$1h5', 'axe uppläsning'),
  on(plan, 'rubrik som bara ser ut som rubrik', /<h2 (.*?)<\/h2>/g, '<p $1</p>', 'uppläsning'),
  on(plan, 'huvudrubriken saknas', /<(\/?)h1\b/g, '<$1p', 'axe uppläsning'),
  on(plan, 'bilden saknar text', / alt="[^"]*"/g, '', 'axe ibm pa11y nu html-validate'),
  on(plan, 'bildens text är filens namn', / alt="[^"]*"/g, ' alt="bild.png"', 'uppläsning'),
  on(plan, 'lista med annat än punkter', '<ul class="ip-plan-list">', '<ul class="ip-plan-list"><div>x</div>', 'axe nu html-validate'),
  on(tables, 'tabellhuvud utan scope', /<th scope="col"/g, '<th', 'html-validate'),
  on(tables, 'radens rubrik är en vanlig cell', /<th scope="row">(.*?)<\/th>/g, '<td>$1</td>', 'uppläsning'),
  on(tables, 'alla tabellhuvuden är vanliga celler', /<th\b[^>]*>(.*?)<\/th>/g, '<td>$1</td>', 'uppläsning'),
  on(tables, 'tabellens del saknar namn', / aria-label="Tabell[^"]*"/, '', 'uppläsning'),
  on(tables, 'kolumnerna i annan ordning', />IP<\/th>(\s*)<th scope="col">SIP</, '>SIP</th>$1<th scope="col">IP<', 'uppläsning'),

  // Names and roles
  on(plan, 'sökfältet saknar etikett', /<label class="ip-search__label".*?<\/label>/s, '', 'axe ibm pa11y'),
  on(plan, 'länk utan namn', ...inMain('<p><a href="/"></a></p>'), 'axe ibm html-validate'),
  on(plan, 'knapp utan namn', ...inMain('<button type="button"></button>'), 'axe ibm html-validate'),
  on(plan, 'ram utan namn', ...inMain('<iframe src="/om/"></iframe>'), 'axe html-validate'),
  on(plan, 'roll som inte finns', ...inMain('<p role="knapp">x</p>'), 'axe nu'),
  on(plan, 'roll som inte passar', '<h1', '<h1 role="presentation"', 'axe uppläsning'),
  on(plan, 'namnet pekar på inget', 'aria-labelledby="ip-toc-title"', 'aria-labelledby="borta"', 'uppläsning'),
  on(plan, 'dold men går att nå', ...inMain('<p aria-hidden="true"><a href="/">dold</a></p>'), 'axe html-validate tangentbord'),
  on(plan, 'del på okänt språk', ...inMain('<p lang="xx-qq-1">Hej</p>'), 'axe'),

  // Colour
  style('för svag text', ':root .ip-text p { color: #8a8a8a }', 'axe ibm pa11y'),
  style('för svag text för AAA', ':root .ip-text p { color: #666 }', 'axe pa11y', 'ljust'),
  style('för svag text i mörkt läge', '@media (prefers-color-scheme: dark) { :root .ip-text p { color: #555 } }', 'axe ibm'),
  style('för svag text i egna färger', '@media (forced-colors: active) { :root .ip-text p { forced-color-adjust: none; color: #ccc; background: #fff } }', 'axe'),
  style('länkar i text utan understrykning', ':root .ip-text p a, :root .ip-footer a { text-decoration: none; color: #333 }', 'axe', 'ljust', 'om/index.html'),

  // Keyboard
  style('fokus syns inte', ':root :focus-visible { outline: none !important; box-shadow: none !important }', 'tangentbord'),
  style('fokus syns knappt', ':root :focus-visible { outline-width: 1px !important; box-shadow: none !important }', 'tangentbord'),
  style('fokus utanför fönstret', '.ip-brand { position: absolute; left: -999px }', 'tangentbord'),
  style('fokus på något som inte syns', '.ip-brand { opacity: 0 }', 'tangentbord'),
  style('sidhuvudet täcker det som har fokus', '.ip-header { position: fixed; inset: 0 0 auto; height: 70vh; z-index: 9 }', 'tangentbord'),
  style('för liten yta', '.ip-nav .ip-nav__link { min-height: 20px; padding: 0 }', 'tangentbord'),
  on(plan, 'egen ordning för Tab', 'class="ip-brand"', 'class="ip-brand" tabindex="5"', 'axe tangentbord'),
  on(plan, 'knapp som bara musen når', ...inMain('<div onclick="location = 1">Öppna</div>'), 'tangentbord'),
  on(plan, 'menyknappen borta', /<button[^>]*data-ip-opens="ip-menu".*?<\/button>/s, '', 'tangentbord lägen', /meny/),
  code('Escape stänger inte menyn', "'Escape'", "'Esc'", 'tangentbord', 'meny'),
  code('Escape tappar fokus', 'set(button, false); button.focus();', 'set(button, false); button.blur();', 'tangentbord', 'meny'),
  code('menyknappen säger inte att den är öppen', "button.setAttribute('aria-expanded', String(open));", '', 'tangentbord', 'meny'),
  code('mörkt läge säger inte att det är på', "setAttribute('aria-pressed', String(isDark()))", "setAttribute('aria-pressed', 'false')", 'tangentbord', 'färgläge'),
  code('sök finner bara hela ord', 'isWhole ? WHOLE : begins ? BEGINNING : INSIDE', 'isWhole ? WHOLE : 0', 'tangentbord', 'sök'),
  on(search, 'träffarna sägs inte', ' role="status"', '', 'uppläsning'),
  code('inget svar när sökningen är klar', 'status.textContent = answer', 'list.dataset.told = answer', 'uppläsning lägen', null, search),

  // Reflow, spacing and motion
  style('bredare än fönstret', '.ip-text h2 { width: 700px }', 'omflöde'),
  style('text skärs av', '.ip-text h2 { white-space: nowrap; overflow: hidden; width: 5rem }', 'omflöde'),
  style('text skärs av med större avstånd', '.ip-nav__link { max-height: 2.75rem; overflow: hidden }', 'omflöde'),
  style('för liten text', '.ip-footer { font-size: 12px; } .ip-footer p { font-size: 12px }', 'omflöde'),
  style('raka marginaler', '.ip-text p { text-align: justify }', 'omflöde'),
  style('avstavade ord', 'body { hyphens: auto }', 'omflöde'),
  style('något rör sig', '@keyframes blink { to { opacity: .5 } } .ip-brand { animation: blink 1s infinite }', 'omflöde'),
  style('övergång trots lugna rörelser', '.ip-brand { transition: color 1s }', 'omflöde'),
  on(plan, 'ljud som går av sig självt', ...inMain('<audio autoplay controls src="/ljud.mp3"></audio>'), 'omflöde'),

  // Without JavaScript, and on paper
  style('menyn kräver JavaScript', 'html:not(.js) .ip-nav { display: none }', 'utan'),
  on(plan, 'knapp utan verkan utan JavaScript', 'id="ip-scheme" aria-pressed="false" hidden', 'id="ip-scheme" aria-pressed="false"', 'utan'),
  style('menyn skrivs ut', '@media print { .ip-header .ip-header__inner { display: grid } }', 'utskrift'),
  style('guiden på två blad', '@media print { .ip-guide li { margin-block: 2rem } }', 'utskrift', null, 'vilken-plan/index.html'),
  style('mörkt på papper', '@media print { body { background: #171a1a } }', 'utskrift'),

  // What leaves the page
  on(plan, 'skript i sidan', ...inMain('<script>window.x = 1</script>'), 'nät'),
  on(plan, 'stil i sidan', '<h1', '<h1 style="color: red"', 'nät html-validate'),
  on(plan, 'bild från annan plats', ...inMain('<img alt="" src="http://127.0.0.2/spion.png">'), 'nät'),
  on(plan, 'policyn borttagen', /<meta http-equiv="Content-Security-Policy"[^>]*>/, '', 'nät'),
  code('något sparas utan att du valt det', "'use strict';", "'use strict'; localStorage.setItem('besok', '1');", 'nät'),
  code('skriptet går sönder', "'use strict';", "'use strict'; setTimeout(() => { throw new Error('x'); });", 'nät'),
];

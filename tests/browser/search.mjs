// Search in a real browser: `node search.mjs FOLDER [LARGE]`. FOLDER is the site of the example policies; of the site in
// LARGE, which may be of any size, it is told how long a search takes at each letter.
//
// What is to be found for which words is in search.json: the first results, in their order.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';

import { launch } from './browser.mjs';

const [folder, large] = process.argv.slice(2).map((path) => resolve(path));
if (!folder) throw new Error('which folder?');
const table = JSON.parse(readFileSync(new URL('search.json', import.meta.url), 'utf8'));
const axe = createRequire(import.meta.url).resolve('axe-core');
const BOX = '.search [role=combobox]';
const POLICY = 'fairfield-trust/social-media.html';

const wrong = [];
let checked = 0;
const check = (is, what) => {
  checked++;
  if (!is) wrong.push(what);
};

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
  if (path === '/favicon.ico') return response.writeHead(204).end();
  try {
    const text = readFileSync(join(folder, path));
    response.writeHead(200, {
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'",
    });
    response.end(text);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));

const roots = { file: pathToFileURL(folder).href, served: `http://127.0.0.1:${server.address().port}` };
const browser = await launch();

/** A window at a page, of which every error is one of the test. */
async function open(address, options = {}, before = async () => {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(120_000);
  const tab = await context.newPage();
  tab.on('pageerror', (error) => check(false, `${address}: ${error}`));
  tab.on('console', (message) => message.type() === 'error' && !options.fails && check(false, `${address}: ${message.text()}`));
  await before(tab);
  await tab.goto(address);
  return tab;
}

/** Types words, and waits until what is shown is for them. */
async function type(tab, words) {
  await tab.fill(BOX, words);
  await tab.waitForFunction(() => !/^(Searching|$)/.test(document.querySelector('.search-told').textContent));
  await tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

const results = (tab, root) =>
  tab.$$eval('.search [role=option]', (all, root) => all.map((it) => it.href.slice(root.length + 1)), root);
const told = (tab) => tab.textContent('.search-told');
const expanded = (tab) => tab.getAttribute(BOX, 'aria-expanded');
const isFocused = (tab) => tab.evaluate((box) => document.activeElement === document.querySelector(box), BOX);
const chosen = (tab) => tab.evaluate((box) => {
  const input = document.querySelector(box);
  const all = [...document.querySelectorAll('.search [role=option]')];
  const selected = all.filter((it) => it.getAttribute('aria-selected') === 'true');
  const active = document.getElementById(input.getAttribute('aria-activedescendant'));
  return selected.length === (active ? 1 : 0) && (selected[0] ?? null) === active ? all.indexOf(active) : 'two minds';
}, BOX);

// What is found, from a folder and from a server whose pages may run no script but their own.
for (const [name, root] of Object.entries(roots)) {
  const tabs = new Map();
  for (const { query, from = 'index.html', first, told: words } of table) {
    if (!tabs.has(from)) tabs.set(from, await open(`${root}/${from}`));
    const tab = tabs.get(from);
    await type(tab, query);
    const found = (await results(tab, root)).slice(0, first.length || 1);
    check(JSON.stringify(found) === JSON.stringify(first), `${name}: “${query}” from ${from} finds ${found.join(', ') || 'nothing'}`);
    if (words) check((await told(tab)).startsWith(words) || (await told(tab)).includes(words), `${name}: “${query}” is told “${await told(tab)}”`);
    const labels = await tab.$$eval('.search [role=group]', (all) => all.every((it) => document.getElementById(it.getAttribute('aria-labelledby'))));
    check(labels, `${name}: “${query}”: a group without a name`);
  }
  for (const tab of tabs.values()) await tab.context().close();
}

// Keys alone.
{
  const tab = await open(`${roots.file}/${POLICY}`);
  await tab.keyboard.press('/');
  check(await isFocused(tab), '/ leads to the box');
  await tab.keyboard.type('staff/');
  check((await tab.inputValue(BOX)) === 'staff/', '/ in the box is a letter');
  await tab.fill(BOX, '');
  await tab.waitForTimeout(100);
  check(!(await tab.isVisible('.search-panel')), 'nothing asked, nothing shown');
  await tab.keyboard.type('staff');
  await tab.waitForSelector('.search [role=option]');
  const count = await tab.locator('.search [role=option]').count();
  check((await expanded(tab)) === 'true' && (await chosen(tab)) === -1, 'a list, of which nothing is chosen');
  const steps = [['ArrowDown', 0], ['ArrowDown', 1], ['End', count - 1], ['ArrowDown', 0], ['ArrowUp', count - 1], ['Home', 0], ['ArrowDown', 1]];
  for (const [key, at] of steps) {
    await tab.keyboard.press(key);
    check((await chosen(tab)) === at, `${key} chooses ${await chosen(tab)}, not ${at}`);
    const isSeen = await tab.evaluate(() => {
      const list = document.querySelector('.search [role=listbox]').getBoundingClientRect();
      const it = document.querySelector('.search [aria-selected=true]').getBoundingClientRect();
      return it.top >= list.top - 1 && it.bottom <= list.bottom + 1 && it.bottom <= innerHeight;
    });
    check(isSeen, `${key}: what is chosen is out of sight`);
  }
  check(await isFocused(tab), 'the focus stays in the box');
  await tab.keyboard.press('Escape');
  check((await expanded(tab)) === 'false' && (await tab.inputValue(BOX)) === 'staff', 'Escape closes the list');
  await tab.keyboard.press('ArrowDown');
  check((await expanded(tab)) === 'true' && (await chosen(tab)) === 0, 'ArrowDown opens it again');
  await tab.keyboard.press('Escape');
  await tab.keyboard.press('Escape');
  check((await tab.inputValue(BOX)) === '', 'Escape again empties the box');

  await tab.keyboard.type('contact with parents');
  await tab.waitForFunction(() => document.querySelector('.search [role=status]').textContent.includes('result'));
  check((await tab.textContent('.search [role=status]')) === (await told(tab)), 'what is shown is said');
  await tab.keyboard.press('ArrowDown');
  const [first] = await results(tab, roots.file);
  await tab.keyboard.press('Enter');
  await tab.waitForFunction((end) => location.href.endsWith(end), first);
  await tab.waitForFunction(() => document.activeElement === document.querySelector(':target'));
  check((await expanded(tab)) === 'false', 'and closes');
  check(first.startsWith(POLICY) && (await tab.evaluate(() => document.querySelector(':target').getBoundingClientRect().top)) < 900, 'Enter leads there');

  await tab.keyboard.press('Control+k');
  check(await isFocused(tab), 'Ctrl+K leads to the box');
  await tab.keyboard.type('linkedin');
  await tab.waitForSelector('.search [role=option]');
  await tab.keyboard.press('Tab');
  check(await tab.evaluate(() => document.activeElement.matches('.search-keys input')), 'Tab leads to the switch');
  await tab.keyboard.press('Space');
  await tab.keyboard.press('Tab');
  check(!(await tab.isVisible('.search-panel')), 'and further, and the list closes');
  await tab.evaluate(() => document.activeElement.blur());
  await tab.keyboard.press('/');
  check(!(await isFocused(tab)), '/ can be switched off');
  await tab.reload();
  await tab.keyboard.press('/');
  check(!(await isFocused(tab)), 'and stays off');
  await tab.keyboard.press('Control+k');
  check(await isFocused(tab), 'but Ctrl+K does not');

  // To another page.
  await tab.keyboard.type('grievance');
  await tab.waitForSelector('.search [role=option]');
  await tab.keyboard.press('Enter');
  await tab.waitForURL(/bitterne-mansel-sinclair.*#use\/content\/conditions\/grievances$/);
  check(true, 'Enter without a choice leads to the first');
  await tab.context().close();
}

/** Taps on the box, and waits until it has the focus: a tap is told to the page some time after the finger has gone. */
async function touched(tab) {
  await tab.tap(BOX);
  await tab.waitForFunction((box) => document.activeElement === document.querySelector(box), BOX);
}

// A finger.
{
  const tab = await open(`${roots.file}/index.html`, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await touched(tab);
  await tab.keyboard.type('linkedin');
  await tab.waitForSelector('.search [role=option]');
  const heights = await tab.$$eval('.search [role=option]', (all) => all.map((it) => it.getBoundingClientRect().height));
  check(Math.min(...heights) >= 44, `a result is ${Math.min(...heights)} pixels high`);
  // In the margin, where no link can come to lie as the page grows.
  await tab.touchscreen.tap(2, 730);
  await tab.waitForFunction((box) => document.activeElement !== document.querySelector(box), BOX);
  check((await expanded(tab)) === 'false', 'a tap beside it closes the list');
  await touched(tab);
  await tab.waitForSelector('.search [role=option]');
  check(true, 'a tap on the box opens it again');
  await tab.locator('.search [role=option]').first().tap();
  await tab.waitForURL(/#term\.thing\.linkedin$/);
  check(true, 'a tap leads there');
  await tab.context().close();
}

// Whatever the screen: no barriers, no scrolling sideways, and nothing moves when the box comes.
for (const colorScheme of ['light', 'dark']) {
  for (const [width, height] of [[320, 256], [360, 740], [1280, 900]]) {
    for (const page of ['index.html', POLICY]) {
      const name = `${page}, ${colorScheme}, ${width} wide`;
      const options = { viewport: { width, height }, colorScheme };
      const place = (tab) => tab.evaluate(() => document.querySelector('h1').getBoundingClientRect().top);
      const before = await open(`${roots.file}/${page}`, { ...options, fails: true }, (tab) => tab.route('**/search.js', (route) => route.abort()));
      const tab = await open(`${roots.file}/${page}`, options);
      check((await place(tab)) === (await place(before)), `${name}: the page moves`);
      for (const words of ['staff', 'crocodile', 'grievence']) {
        await tab.focus(BOX);
        await type(tab, words);
        await tab.keyboard.press('ArrowDown');
        if (!(await tab.evaluate(() => window.axe))) await tab.addScriptTag({ path: axe });
        const { violations } = await tab.evaluate(() => window.axe.run(document, { preload: false }));
        for (const it of violations) check(false, `${name}, “${words}”: ${it.id}: ${it.nodes.map((node) => node.html).slice(0, 3).join(' ')}`);
        check(violations.length === 0, `${name}, “${words}”`);
        check(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name}, “${words}”: it scrolls sideways`);
      }
      await tab.context().close();
      await before.context().close();
    }
  }
}

// Without a script, on paper, without an index.
{
  const options = { javaScriptEnabled: false };
  for (const page of ['index.html', POLICY]) {
    const tab = await open(`${roots.file}/${page}`, options);
    check((await tab.locator('input[type=text], [role=search], [role=combobox]').count()) === 0, `${page}: a box without a script`);
    check(!(await tab.locator('.search').isVisible()), `${page}: an empty place without a script`);
    await tab.context().close();
  }
  const paper = await open(`${roots.file}/${POLICY}`);
  await paper.emulateMedia({ media: 'print' });
  check(!(await paper.isVisible('.search')), 'the box is on paper');
  await paper.context().close();
  const tab = await open(`${roots.served}/index.html`, { fails: true }, (tab) => tab.route('**/search-index.js', (route) => route.abort()));
  await tab.focus(BOX);
  await type(tab, 'staff');
  check((await told(tab)).includes('cannot be read'), `without an index it is told “${await told(tab)}”`);
  await tab.context().close();
}

// How long it takes.
if (large) {
  const tab = await open(`${pathToFileURL(large).href}/index.html`);
  const begun = Date.now();
  await tab.focus(BOX);
  await type(tab, 'zz');
  await tab.waitForFunction(() => !/^Searching/.test(document.querySelector('.search-told').textContent));
  console.log(`the index is there after ${Date.now() - begun} ms`);
  await tab.waitForTimeout(3000);
  const times = await tab.evaluate(async (box) => {
    const input = document.querySelector(box), times = [];
    for (const words of ['members of staff must share', 'clause 5.1', 'photographs record', 'recrod', 'nothing crocodile here']) {
      for (let end = 1; end <= words.length; end++) {
        input.value = words.slice(0, end);
        await new Promise((done) => requestAnimationFrame(done));
        const begun = performance.now();
        input.dispatchEvent(new Event('input'));
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        times.push([performance.now() - begun, input.value]);
      }
    }
    return times.sort((a, b) => b[0] - a[0]);
  }, BOX);
  const [longest] = times;
  console.log(`a letter takes ${Math.round(times[times.length >> 1][0])} ms, at most ${Math.round(longest[0])} ms (“${longest[1]}”); ${await told(tab)}`);
  await tab.context().close();
}

await browser.close();
server.close();
for (const it of wrong) console.error(`wrong: ${it}`);
console.log(`${checked} checks, ${wrong.length} wrong`);
process.exitCode = wrong.length ? 1 : 0;

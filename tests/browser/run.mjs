// Opens every page of some sites in a real browser, in every way people read them, and says what is wrong.
//
// `node run.mjs [--page PATH] SITE…`; the exit code is 1 if anything is wrong. `CHROMIUM` names another browser than
// /usr/bin/chromium. See README.md for what this proves and what it does not.

import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { close, open } from './browser.mjs';
import { axe } from './checks/axe.mjs';
import { contrast } from './checks/contrast.mjs';
import { skipLink, stops, targets } from './checks/keyboard.mjs';
import { forcedColours, motion } from './checks/looks.mjs';
import { outline } from './checks/outline.mjs';
import { PAPER, print } from './checks/print.mjs';
import { reflow, spaced } from './checks/reflow.mjs';
import { missing, words } from './checks/script.mjs';
import { search } from './checks/search.mjs';
import { tables } from './checks/tree.mjs';
import { validity } from './checks/validity.mjs';
import { pagesOf } from './kinds.mjs';

/** How many pages are looked at side by side. */
const AT_ONCE = 2;

const { values, positionals } = parseArgs({ options: { page: { type: 'string' } }, allowPositionals: true });
const started = Date.now();
const problems = [];
const counts = { pages: 0, looks: 0, stops: 0, open: {} };
const times = {};

/** One look at a page: opened afresh in a window of this kind. */
async function look(page, name, options, check) {
  const from = Date.now();
  const { context, tab } = await open(options);
  try {
    const say = (problem) => problems.push(`${basename(page.site)}/${page.path} [${name}] ${problem}`);
    tab.on('pageerror', (error) => say(`a script failed: ${error.message}`));
    tab.on('console', (message) => message.type() === 'error' && say(`the browser complains: ${message.text()}`));
    tab.on('request', (request) => {
      const url = new URL(request.url());
      const isOwn = url.protocol === 'file:' && fileURLToPath(url).startsWith(page.site);
      if (!isOwn && url.protocol !== 'data:') say(`asks for ${request.url()}`);
    });
    tab.on('requestfailed', (request) => say(`cannot have ${request.url()}`));
    await tab.goto(pathToFileURL(page.file).href);
    counts.looks += 1;
    const found = await check(tab, page);
    for (const problem of new Set(found.problems ?? found)) say(problem);
    return found;
  } finally {
    await context.close();
    const kind = name.split(',')[0];
    times[kind] = (times[kind] ?? 0) + Date.now() - from;
  }
}

/** Every look at one page. */
async function examine(page, titles) {
  counts.pages += 1;
  const schemes = page.inFull ? ['light', 'dark'] : ['light'];
  const widths = page.inFull ? [360, 1280] : [360];
  for (const colorScheme of schemes) {
    for (const width of widths) {
      const found = await look(page, `axe, ${colorScheme}, ${width}`, { width, colorScheme }, axe);
      for (const [rule, nodes] of Object.entries(found.open)) counts.open[rule] = (counts.open[rule] ?? 0) + nodes;
    }
    await look(page, `contrast, ${colorScheme}`, { colorScheme }, contrast);
  }
  const { title } = await look(page, 'outline', {}, outline);
  titles.push([title, page.path]);
  await look(page, 'tables, 360', { width: 360 }, tables);
  await look(page, 'reflow, 400 % zoom', { width: 320, height: 256 }, reflow);
  for (const width of widths) {
    await look(page, `reflow, ${width}, spaced`, { width }, spaced);
    await look(page, `targets, ${width}`, { width }, targets);
  }
  await look(page, 'skip link', {}, skipLink);
  if (!page.inFull) return;
  for (const width of widths) await look(page, `reflow, ${width}`, { width }, reflow);
  for (const [name, options] of [
    ['keyboard, light, 1280', {}],
    ['keyboard, dark, 360', { width: 360, height: 640, colorScheme: 'dark' }],
    ['keyboard, forced colours', { forcedColors: 'active' }],
  ]) {
    const { count } = await look(page, name, options, stops);
    counts.stops += count;
  }
  for (const colorScheme of schemes) {
    for (const width of widths) await look(page, `search, ${colorScheme}, ${width}`, { colorScheme, width }, search);
  }
  await look(page, 'forced colours', {}, forcedColours);
  await look(page, 'contrast, more', { contrast: 'more' }, contrast);
  await look(page, 'motion', {}, motion);
  await look(page, 'print', PAPER, print);
  let withScript = [];
  await look(page, 'with scripts', {}, async (tab) => ((withScript = await words(tab)), []));
  await look(page, 'without scripts', { javaScriptEnabled: false }, async (tab) => missing(withScript, await words(tab)));
}

try {
  for (const given of positionals) {
    const site = resolve(given);
    const { pages, problems: lost } = pagesOf(site);
    problems.push(...lost.map((problem) => `${basename(site)}: ${problem}`));
    const chosen = pages.filter((page) => !values.page || page.path === values.page);
    if (chosen.length === 0) problems.push(`${basename(site)} has no page to look at`);
    // `print.css` is for the Markdown, and for programs that know more of paper than browsers do.
    const valid = validity(site, [...chosen.map((page) => page.file), join(site, 'style.css')]);
    const titles = [];
    const queue = [...chosen];
    const work = async () => {
      for (let page = queue.shift(); page; page = queue.shift()) await examine(page, titles);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    problems.push(...(await valid).map((problem) => `${basename(site)}/${problem}`));
    for (const [title, path] of titles) {
      const same = titles.find(([other, where]) => other === title && where < path);
      if (same) problems.push(`${basename(site)}/${path} [outline] has the title of ${same[1]}: “${title}”`);
    }
  }
} finally {
  await close();
}

for (const problem of problems) console.log(problem);
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(0)} s`;
console.log(`${counts.pages} pages, ${counts.looks} looks, ${counts.stops} keyboard stops in ${seconds(Date.now() - started)}: ${problems.length} problems`);
console.log(`left open by axe and settled by a check of our own: ${JSON.stringify(counts.open)}`);
if (process.env.CLAUSAL_TIMES) console.log(Object.entries(times).map(([kind, time]) => `${kind} ${seconds(time)}`).join(', '));
process.exitCode = problems.length > 0 ? 1 : 0;

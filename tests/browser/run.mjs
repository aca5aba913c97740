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
const counts = { pages: 0, looks: 0, stops: 0, problems: 0, open: {} };
const times = {};

/** Tells a problem at once, so that it is known even if something worse comes. */
function tell(problem) {
  counts.problems += 1;
  console.log(problem);
}

/** One window on a page, opened afresh, and what is checked in it, one after the other. */
async function look(page, mode, options, ...checks) {
  const from = Date.now();
  const { context, tab } = await open(options);
  const said = new Set();
  const say = (problem) => said.add(`${basename(page.site)}/${page.path} [${mode}] ${problem}`);
  const found = [];
  try {
    tab.on('pageerror', (error) => say(`a script failed: ${error.message}`));
    tab.on('console', (message) => message.type() === 'error' && say(`the browser complains: ${message.text()}`));
    tab.on('request', (request) => {
      const url = new URL(request.url());
      const isOwn = url.protocol === 'file:' && fileURLToPath(url).startsWith(page.site);
      if (!isOwn && url.protocol !== 'data:') say(`asks for ${request.url()}`);
    });
    tab.on('requestfailed', (request) => say(`cannot have ${request.url()}`));
    await tab.goto(pathToFileURL(page.file).href);
    for (const check of checks) {
      const since = Date.now();
      const answer = await check(tab, page);
      for (const problem of answer.problems ?? answer) say(`${check.name}: ${problem}`);
      found.push(answer);
      counts.looks += check.name ? 1 : 0;
      times[check.name] = (times[check.name] ?? 0) + Date.now() - since;
    }
  } catch (error) {
    say(`the look failed: ${error.message}`);
  } finally {
    await context.close();
    times.all = (times.all ?? 0) + Date.now() - from;
  }
  said.forEach(tell);
  for (const [rule, nodes] of found.flatMap((it) => Object.entries(it.open ?? {}))) {
    counts.open[rule] = (counts.open[rule] ?? 0) + nodes;
  }
  counts.stops += found.reduce((sum, it) => sum + (it.count ?? 0), 0);
  return found;
}

/** The contrast in the dark, in a window that was light. */
async function contrastInTheDark(tab) {
  await tab.emulateMedia({ colorScheme: 'dark' });
  return contrast(tab);
}

/** Another size of the same window: to open one takes longer than most checks. */
const resized = (width, height) => async (tab) => {
  await tab.setViewportSize({ width, height });
  return [];
};

/** What 400 % zoom makes of a window of 1,280 by 1,024 pixels. */
const ZOOMED = resized(320, 256);

/** Every look at one page. */
async function examine(page, titles) {
  counts.pages += 1;
  // Checks that add a style or a script of their own to the page come after those that do not.
  const [first] = await look(page, 'light, 360', { width: 360 }, outline, tables, targets, reflow, contrast, axe, spaced);
  if (first) titles.push([first.title, page.path]);
  if (!page.inFull) {
    await look(page, '1280, then dark, then 400 % zoom', {}, skipLink, contrastInTheDark, ZOOMED, reflow);
    return;
  }
  let withScript = [];
  const readWords = async (tab) => ((withScript = await words(tab)), []);
  await look(page, 'light, 1280, then 400 % zoom', {}, readWords, skipLink, ZOOMED, reflow);
  await look(page, 'light, 1280', {}, targets, reflow, contrast, axe, spaced);
  await look(page, 'dark, 1280, then 360', { colorScheme: 'dark' }, contrast, axe, resized(360, 900), contrast, axe, spaced);
  await look(page, 'light, 1280', {}, stops);
  await look(page, 'dark, 360', { width: 360, height: 640, colorScheme: 'dark' }, stops);
  await look(page, 'forced colours', { forcedColors: 'active' }, stops);
  await look(page, 'forced colours', {}, forcedColours);
  await look(page, 'light, 360', { width: 360 }, search);
  await look(page, 'dark, 1280', { colorScheme: 'dark' }, search);
  await look(page, 'more contrast', { contrast: 'more' }, motion, contrast);
  await look(page, 'paper', PAPER, print);
  await look(page, 'without scripts', { javaScriptEnabled: false }, async (tab) => missing(withScript, await words(tab)));
}

try {
  for (const given of positionals) {
    const site = resolve(given);
    const { pages, problems: lost } = pagesOf(site);
    lost.forEach((problem) => tell(`${basename(site)}: ${problem}`));
    const chosen = pages.filter((page) => !values.page || page.path === values.page);
    if (chosen.length === 0) tell(`${basename(site)} has no page to look at`);
    // `print.css` is for the Markdown, and for programs that know more of paper than browsers do.
    // A report of what changed has its style in it.
    const styles = chosen.some((page) => page.kind !== 'changes') ? [join(site, 'style.css')] : [];
    const valid = validity(site, [...chosen.map((page) => page.file), ...styles]);
    const titles = [];
    const queue = [...chosen];
    const work = async () => {
      for (let page = queue.shift(); page; page = queue.shift()) await examine(page, titles);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    for (const problem of await valid) tell(`${basename(site)}/${problem}`);
    for (const [title, path] of titles) {
      const same = titles.find(([other, where]) => other === title && where < path);
      if (same) tell(`${basename(site)}/${path} [outline] has the title of ${same[1]}: “${title}”`);
    }
  }
} finally {
  await close();
}

const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(0)} s`;
console.log(`${counts.pages} pages, ${counts.looks} looks, ${counts.stops} keyboard stops in ${seconds(Date.now() - started)}: ${counts.problems} problems`);
console.log(`left open by axe and settled by a check of our own: ${JSON.stringify(counts.open)}`);
if (process.env.CLAUSAL_TIMES) console.log(Object.entries(times).map(([kind, time]) => `${kind} ${seconds(time)}`).join(', '));
process.exitCode = counts.problems > 0 ? 1 : 0;

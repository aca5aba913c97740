// The preview in a real browser: files are edited, broken and mended, and open pages follow.
//
// `node serve.mjs PROGRAM [--shots DIR]`, where PROGRAM is the `clausal` that is tried; the exit code is 1 if anything is
// wrong. It works in a folder of its own, which `clausal init` fills.

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

import { close, open } from './browser.mjs';
import { axe } from './checks/axe.mjs';
import { contrast } from './checks/contrast.mjs';

/** Longer than any of it takes, on a machine with much else to do. */
const PATIENCE = 60_000;

const { values, positionals } = parseArgs({ options: { shots: { type: 'string' } }, allowPositionals: true });
const program = resolve(positionals[0]);
const folder = mkdtempSync(join(tmpdir(), 'clausal-serve-'));
const file = join(folder, 'mobile-phones.policy');
const problems = [];
let done = 0;

function check(is, words) {
  done += 1;
  if (!is) problems.push(words);
}

/** All previews that were started: whatever goes wrong, none outlives the test. */
const started = [];

/** Starts a preview; answers with its address and a way to end it. */
async function start(port) {
  const child = spawn(program, ['serve', folder, '--port', String(port)], { stdio: ['ignore', 'pipe', 'ignore'] });
  started.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const address = line.match(/http:\/\/\S+/)?.[0];
    if (address) return { address, port: Number(new URL(address).port), end: () => ended(child) };
  }
  throw new Error('the preview told no address');
}

function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((done) => {
    child.on('exit', (code) => done(code));
    child.kill('SIGINT');
  });
}

const until = (tab, is, argument) => tab.waitForFunction(is, argument, { timeout: PATIENCE, polling: 50 });
const title = (tab, words) => until(tab, (words) => document.querySelector('h1')?.textContent === words, words);
const panel = (tab) => tab.locator('[id="clausal.preview-panel"]');
const shown = (tab) => panel(tab).waitFor({ state: 'visible', timeout: PATIENCE });
const gone = (tab) => panel(tab).waitFor({ state: 'hidden', timeout: PATIENCE });
const spoken = (tab, words) =>
  until(tab, (words) => document.getElementById('clausal.preview-spoken').textContent.includes(words), words);

/** Waits until the preview has seen so many errors and warnings. */
async function settled(preview, errors, warnings) {
  for (const began = Date.now(); Date.now() - began < PATIENCE; await new Promise((done) => setTimeout(done, 50))) {
    const state = await (await fetch(`${preview.address}.clausal/state`)).json();
    if (state.pages > 0 && state.errors === errors && state.warnings === warnings) return;
  }
  throw new Error(`the preview never has ${errors} errors and ${warnings} warnings`);
}

async function shot(tab, name) {
  if (!values.shots) return;
  mkdirSync(values.shots, { recursive: true });
  await tab.screenshot({ path: join(values.shots, `${name}.png`) });
}

/** The text of the policy with another title, and with more below it if that is wanted. */
const named = (words) => good.replace('"Mobile Phone Policy"', `"${words}"`);
const broken = () => named('Broken Policy').replaceAll('must not use', 'must not usse');
const warning = 'vocabulary more {\n  party visitor\n}\n';
let good = '';

async function page(preview, options) {
  const { context, tab } = await open(options);
  await tab.goto(`${preview.address}larkfield/mobile-phones.html`);
  return { context, tab };
}

/** Pages follow an edit, and the reader stays where they were. */
async function follows(preview) {
  const { context, tab } = await page(preview, { height: 500 });
  check(!(await panel(tab).isVisible()), 'a panel is there though nothing is wrong');
  await tab.locator('.toggle input').uncheck();
  await tab.evaluate(() => document.querySelector('main section.clause:last-of-type, main .clause').scrollIntoView());
  await tab.locator('main .clause a.anchor').first().focus();
  const where = () => tab.evaluate(() => document.querySelector('main .clause').getBoundingClientRect().top);
  const before = await where();
  check((await tab.evaluate(() => scrollY)) > 0, 'the page is too short to be scrolled');
  writeFileSync(file, named('Telephone Policy'));
  await title(tab, 'Telephone Policy');
  await tab.waitForLoadState('load');
  const after = await where();
  check(Math.abs(before - after) < 2, `the reader was moved from ${before} to ${after}`);
  check(!(await tab.locator('.toggle input').isChecked()), 'the box that was unchecked is checked again');
  check(await tab.evaluate(() => document.activeElement?.matches('.clause a.anchor')), 'the focus is lost');
  await context.close();
}

/** A broken file leaves the text, and the panel tells what is wrong without covering anything. */
async function tells(preview, options) {
  const name = `${options.width}-${options.colorScheme}`;
  writeFileSync(file, named('Telephone Policy'));
  writeFileSync(join(folder, 'more.policy'), warning);
  await settled(preview, 0, 1);
  const { context, tab } = await page(preview, options);
  await shown(tab);
  check((await panel(tab).innerText()).includes('1 warning'), `${name}: the warning is not told`);
  check(!(await tab.locator('[data-list="others"] li').first().isVisible()), `${name}: warnings are not folded away`);
  await shot(tab, `warning-${name}`);
  await tab.evaluate(() => (window.sameTab = true));
  writeFileSync(file, broken());
  await spoken(tab, '1 error');
  const words = await panel(tab).innerText();
  for (const part of ['usse is not a declared action', 'mobile-phones.policy:', 'did you mean use?']) {
    check(words.includes(part), `${name}: no “${part}” in “${words}”`);
  }
  check(await tab.evaluate(() => window.sameTab), `${name}: the page was loaded again for findings alone`);
  check((await tab.locator('h1').innerText()) === 'Telephone Policy', `${name}: the old text is gone`);
  const boxes = await tab.evaluate(() => {
    const [body, panel] = [document.body, document.getElementById('clausal.preview-panel')];
    return { body: body.getBoundingClientRect().bottom, panel: panel.getBoundingClientRect().top, wide: document.documentElement.scrollWidth > innerWidth };
  });
  check(boxes.body <= boxes.panel + 0.5, `${name}: the panel covers the text: ${JSON.stringify(boxes)}`);
  check(!boxes.wide, `${name}: the page scrolls sideways`);
  await tab.keyboard.press('PageDown');
  await until(tab, () => document.body.scrollTop > 0);
  await tab.keyboard.press('End');
  await until(tab, () => document.body.scrollTop + document.body.clientHeight >= document.body.scrollHeight - 2);
  await shot(tab, `error-${name}`);
  const seen = await contrast(tab);
  for (const problem of seen.problems ?? seen) check(false, `${name}: ${problem}`);
  // By the keyboard, backwards from the end of the page: the panel is the last of it.
  await tab.locator('[id="clausal.preview-panel"]').focus();
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Tab');
  check(await tab.evaluate(() => document.activeElement?.matches('[data-list="others"] summary')), `${name}: the keyboard does not reach the warnings`);
  await tab.keyboard.press('Enter');
  check(await tab.locator('[data-list="others"] li').first().isVisible(), `${name}: the warnings do not unfold`);
  await shot(tab, `unfolded-${name}`);
  for (const problem of (await axe(tab)).problems) check(false, `${name}: axe: ${problem}`);
  rmSync(join(folder, 'more.policy'));
  writeFileSync(file, named('Telephone Policy'));
  await gone(tab);
  check(await tab.evaluate(() => document.body.getBoundingClientRect().bottom >= 0 && !document.documentElement.classList.contains('clausal-preview-docked')), `${name}: the page keeps room for a panel that is gone`);
  await context.close();
}

/** Whoever is typing is not interrupted. */
async function waits(preview) {
  const { context, tab } = await page(preview);
  await tab.evaluate(() => {
    document.querySelector('main').insertAdjacentHTML('afterbegin', '<label>Search <input type="search" id="box"></label>');
    document.getElementById('box').focus();
  });
  await tab.keyboard.type('pho');
  writeFileSync(file, named('Handset Policy'));
  await spoken(tab, 'There are newer pages');
  await tab.keyboard.type('nes');
  check((await tab.locator('#box').inputValue()) === 'phones', 'what was typed is lost');
  await tab.keyboard.press('Tab');
  await title(tab, 'Handset Policy');
  await context.close();
}

/** A tab that nobody sees asks for nothing, and catches up. */
async function rests(preview) {
  const { context, tab } = await page(preview);
  let asked = 0;
  tab.on('request', () => (asked += 1));
  await tab.waitForTimeout(2000);
  check(asked > 1, 'a tab that is seen asks for nothing');
  // The browser without a screen has no hidden tabs of its own.
  const hide = (hidden) =>
    tab.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await hide(true);
  await tab.waitForTimeout(500);
  asked = 0;
  writeFileSync(file, named('Hidden Policy'));
  await tab.waitForTimeout(3000);
  check(asked === 0, `a hidden tab asks ${asked} times`);
  await hide(false);
  await title(tab, 'Hidden Policy');
  await context.close();
}

/** The end of the preview is told, and another at the same address is taken up. */
async function returns(preview) {
  const { context, tab } = await page(preview);
  check((await preview.end()) === 0, 'Ctrl-C is no clean end');
  await spoken(tab, 'The preview has stopped');
  check(await panel(tab).isVisible(), 'that the preview has stopped is not to be seen');
  await shot(tab, 'stopped');
  writeFileSync(file, broken());
  let again = await start(preview.port);
  await until(tab, () => document.getElementById('clausal.preview-panel').innerText.includes('1 error'));
  check((await tab.locator('h1').innerText()) !== 'Broken Policy', 'the old page is gone');
  writeFileSync(file, named('Renewed Policy'));
  await title(tab, 'Renewed Policy');
  await gone(tab);
  await again.end();
  writeFileSync(file, broken());
  again = await start(preview.port);
  for (const colorScheme of ['light', 'dark']) {
    const first = await open({ colorScheme, width: 360 });
    await first.tab.goto(again.address);
    await title(first.tab, 'The pages cannot be made yet');
    await shot(first.tab, `first-${colorScheme}`);
    for (const problem of (await axe(first.tab)).problems) check(false, `the first page: axe: ${problem}`);
    await first.context.close();
  }
  writeFileSync(file, named('Renewed Policy'));
  await context.close();
  return again;
}

let preview;
try {
  const made = spawnSync(program, ['init', folder], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  good = readFileSync(file, 'utf8');
  preview = await start(0);
  const first = await open();
  await first.tab.goto(`${preview.address}larkfield/mobile-phones.html`);
  await title(first.tab, 'Mobile Phone Policy');
  await first.context.close();
  await follows(preview);
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1280]) await tells(preview, { width, height: 800, colorScheme });
  }
  await waits(preview);
  await rests(preview);
  preview = await returns(preview);
} catch (error) {
  problems.push(error.stack);
} finally {
  await Promise.all(started.map(ended));
  await close();
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of problems) console.error(problem);
console.log(`${done} checks of the preview, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);

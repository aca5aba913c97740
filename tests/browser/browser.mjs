// The browser, started once, and windows of it.

import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const INSIDE = fileURLToPath(new URL('inside.js', import.meta.url));

let browser;

/** A browser, which `close` does not know of. */
export const launch = () => twice(() => chromium.launch({ timeout: 120_000, executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS }));

/** What `start` gives. On a machine with much else to do a browser fails to start now and then: it is tried once more, and it is told. */
export async function twice(start, tell = console.error) {
  try {
    return await start();
  } catch (error) {
    tell(`the browser does not start, and is tried once more: ${error.message}`);
    return start();
  }
}

/** A window of its own, with an empty tab. */
export async function open(options = {}) {
  browser ??= launch();
  const { width, height, ...rest } = { width: 1280, height: 900, ...options };
  const context = await (await browser).newContext({ viewport: { width, height }, ...rest });
  context.setDefaultTimeout(120_000);
  const tab = await context.newPage();
  await tab.addInitScript({ path: INSIDE });
  return { context, tab };
}

export async function close() {
  await (await browser)?.close();
}

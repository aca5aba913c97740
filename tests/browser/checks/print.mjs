// A page on paper: what serves moving about is gone, the rest is whole, and each sheet says what it belongs to.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { reflow } from './reflow.mjs';

/** The width of the text on a sheet of A4 with the margins of the stylesheet: 174 mm. */
export const PAPER = { width: 658, height: 960 };

export async function print(page) {
  await page.emulateMedia({ media: 'print' });
  const problems = await page.evaluate(() => {
    const { told } = globalThis.inside;
    const problems = [];
    const gone = '.skip, .breadcrumb, .anchor, .toggle, [role=search], search, input, button, nav:not(.contents)';
    for (const element of document.querySelectorAll(gone)) {
      if (element.checkVisibility()) problems.push(`printed: ${told(element)}`);
    }
    for (const element of document.querySelectorAll('body *')) {
      if (/sticky|fixed/.test(getComputedStyle(element).position)) problems.push(`pinned on paper: ${told(element)}`);
    }
    for (const link of document.querySelectorAll('main a[href^=http]')) {
      if (!getComputedStyle(link, '::after').content.replaceAll('\\"', '"').includes(link.getAttribute('href'))) {
        problems.push(`the address is not printed: ${told(link)}`);
      }
    }
    return problems;
  });
  problems.push(...(await reflow(page)).map((problem) => `on paper, ${problem}`));

  const folder = mkdtempSync(join(tmpdir(), 'clausal-print-'));
  try {
    const file = join(folder, 'page.pdf');
    await page.pdf({ path: file, preferCSSPageSize: true, printBackground: false });
    const sheets = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1);
    const running = await page.evaluate(() => document.documentElement.dataset.running);
    const bare = (text) => text.replace(/\s+/g, '');
    sheets.forEach((sheet, at) => {
      const foot = `${running ?? ''}${at + 1}/${sheets.length}`;
      if (!running || !bare(sheet).endsWith(bare(foot))) problems.push(`sheet ${at + 1} does not end with “${foot}”`);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
  return problems;
}

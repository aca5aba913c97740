// The search with its results open: it is asked something by keyboard, and what it shows is held to what all else is.

import { axe } from './axe.mjs';
import { contrast } from './contrast.mjs';
import { reflow } from './reflow.mjs';

export async function search(page) {
  const field = page.locator('[role=search] input, search input, input[type=search]').first();
  if ((await field.count()) === 0) return [];
  await field.focus();
  const before = await page.evaluate(() => document.body.innerText);
  await page.keyboard.type('policy', { delay: 5 });
  try {
    await page.waitForFunction((text) => document.body.innerText !== text, before, { timeout: 10_000 });
  } catch {
    return ['the search shows nothing'];
  }
  await page.waitForTimeout(300);
  // What is found lies over the page on a ground of its own, and is meant to.
  const reflowed = (await reflow(page)).filter((problem) => !problem.includes('is written over'));
  const problems = [...reflowed, ...(await contrast(page)), ...(await axe(page)).problems];
  return problems;
}

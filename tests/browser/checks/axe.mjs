// axe-core: no violation of WCAG 2.2 A and AA or of its best practice, and nothing it leaves open that no other check settles.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe may leave open, and who settles it. Anything else it leaves open is a problem. */
const SETTLED = {
  // Gradients, text beside generated content, and single signs.
  'color-contrast': 'contrast.mjs',
  // Signs that are no words, such as the # that links to a clause.
  'label-content-name-mismatch': 'outline.mjs',
  // Targets partly under others, such as those under the results of the search.
  'target-size': 'keyboard.mjs',
};

/** Rules that have to have been run, so that a change of axe's defaults does not pass for a clean page. */
const RUN = ['color-contrast', 'heading-order', 'html-has-lang', 'landmark-one-main', 'link-name', 'region', 'target-size'];

export async function axe(page) {
  // What shows on hover only is judged as well.
  await page.addStyleTag({ content: '* { opacity: 1 !important }' });
  await page.evaluate(SOURCE);
  const found = await page.evaluate(async (values) => {
    const result = await globalThis.axe.run(document, {
      runOnly: { type: 'tag', values },
      // From a folder no stylesheet can be read again; what that is for, validity.mjs sees to.
      preload: false,
    });
    const told = (rule) => ({
      id: rule.id,
      nodes: rule.nodes.map((node) => `${node.target.join(' ')}: ${[...node.any, ...node.all, ...node.none].map((it) => it.message).join('; ')}`),
    });
    return {
      violations: result.violations.map(told),
      open: result.incomplete.map(told),
      run: [...result.passes, ...result.violations, ...result.incomplete, ...result.inapplicable].map((rule) => rule.id),
    };
  }, TAGS);
  const problems = found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node}`));
  for (const rule of found.open) {
    if (!(rule.id in SETTLED)) problems.push(...rule.nodes.map((node) => `${rule.id} is left open: ${node}`));
  }
  for (const rule of RUN) if (!found.run.includes(rule)) problems.push(`axe did not run ${rule}`);
  const open = Object.fromEntries(found.open.map((rule) => [rule.id, rule.nodes.length]));
  return { problems, open };
}

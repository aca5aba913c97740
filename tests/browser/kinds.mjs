// The kinds of pages a site has. A page of no kind fails, and so does a site that lacks a kind it must have: neither a new
// page nor a lost one goes unseen.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Each kind: which paths are of it, and how many pages of it every site has at least. */
export const KINDS = [
  { name: 'index', path: /^index\.html$/, least: 1 },
  { name: 'summary', path: /^[^/]+\/summaries\/[^/]+\.html$/, least: 1 },
  { name: 'policy', path: /^[^/]+\/[^/]+\.html$/, least: 1 },
  { name: 'matrix', path: /^[^/]+\/readers\/index\.html$/, least: 1 },
  { name: 'reader', path: /^[^/]+\/readers\/(?!index\.html$)[^/]+\.html$/, least: 1 },
];

/** A folder of reports of what changed is no site: each of them is a page by itself. */
export const REPORTS = [{ name: 'changes', path: /^changes-[^/]+\.html$/, least: 1 }];

/** How many pages of one kind of one site go through every mode; the others go through one. */
export const IN_FULL = 5;

/** The pages of a site, in order, each with its path, its kind, and whether it goes through every mode. */
export function pagesOf(site) {
  const paths = readdirSync(site, { recursive: true }).map((path) => path.replaceAll('\\', '/'));
  const pages = paths.filter((path) => path.endsWith('.html')).sort();
  const problems = [];
  const kinds = pages.some((path) => REPORTS[0].path.test(path)) ? REPORTS : KINDS;
  const found = pages.flatMap((path) => {
    const kind = kinds.find((it) => it.path.test(path));
    if (!kind) problems.push(`${path} is of no kind that tests/browser/kinds.mjs knows: add a line there`);
    return kind ? [{ site, path, file: join(site, path), kind: kind.name }] : [];
  });
  for (const kind of kinds) {
    const those = found.filter((page) => page.kind === kind.name);
    if (those.length < kind.least) problems.push(`${those.length} pages of kind ${kind.name}, and ${kind.least} are the least`);
    // Spread over the list, so that no part of it is left out for its name.
    const step = Math.max(1, those.length / IN_FULL);
    const chosen = new Set(Array.from({ length: IN_FULL }, (_, at) => those[Math.floor(at * step)]));
    for (const page of those) page.inFull = chosen.has(page);
  }
  return { pages: found, problems };
}

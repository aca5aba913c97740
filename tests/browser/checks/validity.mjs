// The W3C's own checker, the Nu HTML Checker, over every page and stylesheet of a site: no error and no warning.

import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const JAR = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

/** What is newer than the checker's knowledge of stylesheets: lines that lay out by the width of their container. */
const NEWER = /container-type:|@container |cqi/;

export async function validity(site, files) {
  const args = ['-Xss2m', '-jar', JAR, '--format', 'json', '--stdout', '--exit-zero-always', '--also-check-css', ...files];
  const { stdout } = await promisify(execFile)('java', args, { maxBuffer: 1 << 28 });
  const { messages } = JSON.parse(stdout);
  const file = ({ url }) => (url.startsWith('file:') ? fileURLToPath(url) : url);
  const line = (it) => readFileSync(file(it), 'utf8').split('\n')[it.lastLine - 1] ?? '';
  const isNewer = (it) => it.message.startsWith('CSS:') && NEWER.test(line(it));
  const problems = messages
    .filter((it) => !isNewer(it))
    .map((it) => `${relative(site, file(it))}:${it.lastLine ?? 0}: ${it.subType ?? it.type}: ${it.message}`);
  // A page may be held either way (WCAG 1.3.4), which axe tells by stylesheets that it cannot read from a folder.
  for (const style of files.filter((name) => name.endsWith('.css'))) {
    if (/orientation\s*:/.test(readFileSync(style, 'utf8'))) problems.push(`${relative(site, style)}: asks how the screen is held`);
  }
  return problems;
}

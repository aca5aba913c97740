// The W3C's own checker, the Nu HTML Checker, over every page and stylesheet of a site: no error and no warning.

import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const JAR = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

export async function validity(site, files) {
  const args = ['-Xss2m', '-jar', JAR, '--format', 'json', '--stdout', '--exit-zero-always', '--also-check-css', ...files];
  const { stdout } = await promisify(execFile)('java', args, { maxBuffer: 1 << 28 });
  const { messages } = JSON.parse(stdout);
  const path = ({ url }) => relative(site, url.startsWith('file:') ? fileURLToPath(url) : url);
  const problems = messages.map((it) => `${path(it)}:${it.lastLine ?? 0}: ${it.subType ?? it.type}: ${it.message}`);
  // A page may be held either way (WCAG 1.3.4), which axe tells by stylesheets that it cannot read from a folder.
  for (const file of files.filter((name) => name.endsWith('.css'))) {
    if (/orientation\s*:/.test(readFileSync(file, 'utf8'))) problems.push(`${relative(site, file)}: asks how the screen is held`);
  }
  return problems;
}

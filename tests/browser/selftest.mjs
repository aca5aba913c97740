// Whether the checks find what they are there for: pages with one fault each, and one without any.
//
// A check that finds nothing wrong anywhere proves something only where it is known to find what is wrong.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { close, open, twice } from './browser.mjs';
import { axe } from './checks/axe.mjs';
import { contrast } from './checks/contrast.mjs';
import { skipLink, stops, targets } from './checks/keyboard.mjs';
import { forcedColours, motion } from './checks/looks.mjs';
import { outline } from './checks/outline.mjs';
import { PAPER, print } from './checks/print.mjs';
import { reflow, spaced } from './checks/reflow.mjs';
import { missing, words } from './checks/script.mjs';
import { tables } from './checks/tree.mjs';
import { validity } from './checks/validity.mjs';

const SKIP = '<a class="skip" href="#main">Skip to the text</a>';
const STYLE = `body { margin: 1rem; color: #111; background: #fff; font: 16px/1.5 sans-serif }
  :focus-visible { outline: 3px solid #00c; outline-offset: 2px } .skip:not(:focus) { position: absolute; left: -999px }
  @media print { .skip { display: none } @page { margin: 20mm; @bottom-left { content: "Title" } @bottom-right { content: counter(page) " / " counter(pages) } } }`;
const page = (body, { head = '', html = 'lang="en-GB" data-running="Title"' } = {}) =>
  `<!doctype html>\n<html ${html}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Title</title>
<style>${STYLE}</style>${head}</head><body>${SKIP}<main id="main"><h1>Title</h1>${body}</main></body></html>`;

const scripts = async (tab, it) => {
  const without = await open({ javaScriptEnabled: false });
  await without.tab.goto(pathToFileURL(it.file).href);
  const bare = await words(without.tab);
  await without.context.close();
  return missing(await words(tab), bare.concat('1', '2', '3', '4', '5'));
};
const valid = (_, it) => validity(it.site, [it.file]);

/** A fault: the check that has to find it, what it has to say, and the page. */
const FAULTS = [
  [axe, /image-alt/, page('<p><img src="data:,"></p>')],
  [axe, /color-contrast/, page('<p style="color: #aaa">Pale</p>')],
  [axe, /link-name/, page('<p>Words <a href="x.html"></a></p>')],
  [axe, /target-size/, page('<ul style="line-height: 1"><li style="margin: 0"><button style="height: 10px; padding: 0">a</button><button style="height: 10px; padding: 0; width: 8px">b</button></li></ul>')],
  [contrast, /^1\.\d\d:1 #main p “On a gradient”/, page('<p style="background: linear-gradient(90deg, #fff, #222)">On a gradient</p>')],
  [contrast, /“Faint”/, page('<p style="color: rgb(0 0 0 / 40%)">Faint</p>')],
  [outline, /level 3 after level 1/, page('<h3>Too deep</h3>')],
  [outline, /2 headings of the first level/, page('<h1>Again</h1>')],
  [outline, /an empty heading/, page('<h2> </h2>')],
  [outline, /a header without scope/, page('<table><caption>Name</caption><tr><th>a</th></tr><tr><td>b</td></tr></table>')],
  [outline, /a table without a name/, page('<table><tr><th scope="col">a</th></tr><tr><td>b</td></tr></table>')],
  [outline, /a table without headers/, page('<table><caption>Name</caption><tr><td>b</td></tr></table>')],
  [outline, /a list without markers/, page('<ul style="list-style: none"><li>a</li></ul>')],
  [outline, /a link without words/, page('<p>Words <a href="x.html"></a></p>')],
  [outline, /“english_” is no language/, page('<p>Words</p>', { html: 'lang="english_"' })],
  [outline, /navigations are named/, page('<nav>a</nav><nav>b</nav>')],
  [outline, /does not hold its words “Read”/, page('<p><a href="x.html" aria-label="Something else">Read</a></p>')],
  [tables, /is not told as one/, page('<table role="presentation"><caption>Name</caption><tr><th scope="col">a</th></tr><tr><td>b</td></tr></table>')],
  [reflow, /the page is \d+ wide in a window of 320/, page('<p style="width: 600px">Wide</p>'), { width: 320 }],
  [reflow, /beyond the edge/, page('<p style="margin-left: -3rem">Begins outside</p>'), { width: 320 }],
  [reflow, /cut off/, page('<p style="height: 1rem; overflow: hidden">Much more than fits into this, in a window that is only so wide.</p>'), { width: 320 }],
  [reflow, /is written over/, page('<p style="margin: 0">One line</p><p style="margin: -1rem 0 0">Another</p>')],
  [reflow, /only a mouse can scroll/, page('<div style="overflow-x: auto"><p style="width: 900px">Wide</p></div>'), { width: 320 }],
  [spaced, /with more spacing, cut off/, page('<p style="width: 6rem; white-space: nowrap; overflow: hidden">fits in so far</p>')],
  [skipLink, /the first stop does not lead/, page('<p>Words</p>').replace(SKIP, '<a href="y.html">First</a>')],
  [skipLink, /is not seen/, page('<p>Words</p>', { head: '<style>.skip:focus { position: absolute; left: -999px }</style>' })],
  [stops, /no sign of focus/, page('<p><a href="x.html" style="outline: none">Silent</a></p>')],
  [stops, /a sign of focus of 1\.\d\d:1/, page('<p><a href="x.html" style="outline-color: #eee">Pale</a></p>')],
  [stops, /hidden while it has the focus/, page('<p style="position: fixed; inset: 0; background: #fff">Over all</p><p><a href="x.html">Below</a></p>')],
  [stops, /jumps back up/, page('<div style="display: flex; flex-direction: column-reverse"><p><a href="x.html">One</a></p><p><a href="y.html">Two</a></p></div>')],
  [stops, /stops were reached|should be/, page('<p><button>One</button> <button onfocus="this.previousElementSibling.focus()">Trap</button> <button>Two</button></p>')],
  [stops, /a sign of focus cut off/, page('<div style="overflow: hidden"><a href="x.html">At the edge</a></div>')],
  [targets, /a target of/, page('<div style="display: flex; gap: 2px"><button style="width: 12px; height: 12px; padding: 0">a</button><button style="width: 12px; height: 12px; padding: 0">b</button></div>')],
  [forcedColours, /no border in forced colours/, page('<p><span style="background: #060; color: #fff; padding: 2px">Must</span></p>')],
  [motion, /a transition/, page('<p style="transition: color 1s">Moves</p>')],
  [motion, /an animation/, page('<p style="animation: x 3s infinite">Moves</p>', { head: '<style>@keyframes x { to { color: red } }</style>' })],
  [print, /printed: .*nav/, page('<nav aria-label="Site"><a href="x.html">Elsewhere</a></nav>'), PAPER],
  [print, /pinned on paper/, page('<p style="position: sticky; top: 0">Stays</p>'), PAPER],
  [print, /the address is not printed/, page('<p><a href="https://a.example">Elsewhere</a></p>'), PAPER],
  [print, /does not end with “Another1\/1”/, page('<p>Words</p>', { html: 'lang="en-GB" data-running="Another"' }), PAPER],
  [scripts, /only a script shows “Made later”/, page('<p id="p"></p><script>p.textContent = "Made later"</script>')],
  [valid, /error: .*(img|alt)/, page('<p><img src="x.png"></p>')],
  [valid, /warning: Section lacks heading/, page('<section><p>Words</p></section>')],
];

const SOUND = page(`<p><a href="x.html">A link</a> in a sentence, and <strong>words</strong>.</p><h2>Part</h2>
  <table><caption>Name</caption><tr><th scope="col">a</th></tr><tr><td>b</td></tr></table><ul><li>one</li></ul>`);

const folder = mkdtempSync(join(tmpdir(), 'clausal-faults-'));
const wrong = [];

async function found(check, html, options) {
  const file = join(folder, 'page.html');
  writeFileSync(file, html);
  const { tab, context } = await open(options);
  try {
    await tab.goto(pathToFileURL(file).href);
    const said = await check(tab, { site: folder, file, path: 'page.html', kind: 'policy' });
    return said.problems ?? said;
  } finally {
    await context.close();
  }
}

/** How often something is started that fails so many times at first, and what comes of it. */
async function starts(failures) {
  let tries = 0, told = 0;
  const start = async () => {
    tries += 1;
    if (tries <= failures) throw new Error(`failure ${tries}`);
    return 'started';
  };
  const end = await twice(start, () => (told += 1)).catch((error) => error.message);
  return `${tries} tries, ${told} told: ${end}`;
}

try {
  for (const [failures, expected] of ['1 tries, 0 told: started', '2 tries, 1 told: started', '2 tries, 1 told: failure 2'].entries()) {
    const said = await starts(failures);
    if (said !== expected) wrong.push(`a browser that fails to start ${failures} times: ${said}`);
  }
  for (const [check, expected, html, options] of FAULTS) {
    const said = await found(check, html, options);
    if (!said.some((problem) => expected.test(problem))) wrong.push(`${check.name} does not find ${expected}, but ${JSON.stringify(said)}`);
  }
  for (const [check, options] of new Map(FAULTS.map(([check, , , options]) => [check, options]))) {
    const said = await found(check, SOUND, options);
    if (said.length > 0) wrong.push(`${check.name} finds in a sound page ${JSON.stringify(said)}`);
  }
} finally {
  rmSync(folder, { recursive: true });
  await close();
}
for (const problem of wrong) console.log(problem);
console.log(`${FAULTS.length} faults, ${wrong.length} of them unseen or seen where there is none`);
process.exitCode = wrong.length > 0 ? 1 : 0;

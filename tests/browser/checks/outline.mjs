// How a page is built, for those who move in it by headings, landmarks, tables and lists.

import { existsSync, readFileSync } from 'node:fs';

export async function outline(page, { file, kind }) {
  const { problems, lang, title } = await page.evaluate(() => {
    const { told } = globalThis.inside;
    const problems = [];
    const all = (selector) => [...document.querySelectorAll(selector)];

    const headings = all('h1, h2, h3, h4, h5, h6, [role=heading]');
    if (all('h1').length !== 1) problems.push(`${all('h1').length} headings of the first level`);
    if (headings[0]?.tagName !== 'H1') problems.push('the first heading is not of the first level');
    let last = 0;
    for (const heading of headings) {
      const level = Number(heading.ariaLevel ?? heading.tagName.slice(1));
      if (level > last + 1) problems.push(`level ${level} after level ${last}: ${told(heading)}`);
      if (!heading.textContent.trim()) problems.push(`an empty heading: ${told(heading)}`);
      last = level;
    }

    if (all('main').length !== 1) problems.push(`${all('main').length} main parts`);
    if (!document.querySelector('main h1')) problems.push('the first heading is not in the main part');
    const names = all('nav, [role=navigation]').map(
      (nav) => nav.getAttribute('aria-label') ?? document.getElementById(nav.getAttribute('aria-labelledby'))?.textContent,
    );
    if (names.some((name) => !name?.trim()) || new Set(names).size < names.length) {
      problems.push(`navigations are named ${JSON.stringify(names)}`);
    }

    for (const table of all('table')) {
      const labelled = (it) =>
        it?.getAttribute('aria-label') ??
        (it?.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
      // A table that scrolls by itself is named by the box it scrolls in.
      const name = table.caption?.textContent || labelled(table) || labelled(table.closest('[role=group], [role=region]'));
      if (!name?.trim() || name.trim() === 'Table') problems.push(`a table without a name: ${told(table)}`);
      // Where the author wrote no headings, which is a finding, the table says so by its name.
      if (!table.querySelector('th') && name !== 'Table without headings') problems.push(`a table without headers: ${told(table)}`);
      for (const cell of table.querySelectorAll('th')) {
        if (!/^(col|row|colgroup|rowgroup)$/.test(cell.scope)) problems.push(`a header without scope: ${told(cell)}`);
        if (!cell.textContent.trim()) problems.push(`an empty header: ${told(table)}`);
      }
      const columns = Math.max(...[...table.rows].map((row) => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0)));
      for (const row of table.rows) {
        const cells = [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0);
        if (cells !== columns && !table.querySelector('[rowspan]')) problems.push(`a row of ${cells} cells beside ${columns}: ${told(row)}`);
      }
    }

    // Safari takes a list without a marker for no list, unless it lies in a navigation.
    for (const list of all('ul, ol')) {
      if (getComputedStyle(list).listStyleType === 'none' && !list.closest('nav')) {
        problems.push(`a list without markers: ${told(list)}`);
      }
      if (!list.children.length) problems.push(`an empty list: ${told(list)}`);
    }
    for (const link of all('a[href]')) {
      if (!(link.getAttribute('aria-label') ?? link.textContent).trim()) problems.push(`a link without words: ${link.outerHTML}`);
    }
    // Who speaks to the browser says what is written (WCAG 2.5.3); signs that are no words are not said.
    for (const element of all('a[aria-label], button[aria-label], input[aria-label]')) {
      const words = element.innerText.trim().toLowerCase();
      if (/[\p{L}\p{N}]/u.test(words) && !element.ariaLabel.toLowerCase().includes(words)) {
        problems.push(`the name “${element.ariaLabel}” does not hold its words “${element.innerText}”`);
      }
    }
    for (const element of all('[tabindex]')) {
      if (element.tabIndex > 0) problems.push(`an order of its own: ${told(element)}`);
    }
    for (const element of all('[title]')) {
      if (!element.title.trim()) problems.push(`an empty title: ${told(element)}`);
    }
    // Its own words: what stands in it beside them tells the kind of the page.
    const own = [...(document.querySelector('h1')?.childNodes ?? [])].filter((node) => node.nodeType === Node.TEXT_NODE);
    const heading = own.map((node) => node.data).join(' ').trim().replace(/\s+/g, ' ');
    if (!document.title.replace(/\s+/g, ' ').includes(heading)) problems.push(`the title “${document.title}” does not tell “${heading}”`);
    return { problems, lang: document.documentElement.lang, title: document.title };
  });
  try {
    if (Intl.getCanonicalLocales(lang).length !== 1) problems.push('the page says no language');
  } catch {
    problems.push(`“${lang}” is no language`);
  }
  const data = file.replace(/\.html$/, '.json');
  if (kind === 'policy' && existsSync(data)) {
    const written = JSON.parse(readFileSync(data, 'utf8')).policy.language;
    if (written !== lang) problems.push(`the page is in “${lang}”, its policy in “${written}”`);
  }
  return { problems, title };
}

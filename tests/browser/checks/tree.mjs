// What the browser tells screen readers of a page, as far as its looks could change it: a table stays a table when it is
// laid out as cards.

export async function tables(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const roles = nodes.filter((node) => !node.ignored).map((node) => node.role?.value);
  const told = { table: 0, columnheader: 0, rowheader: 0, cell: 0 };
  for (const role of roles) if (role in told) told[role] += 1;
  const there = await page.evaluate(() => {
    const isShown = (element) => element.checkVisibility({ visibilityProperty: true });
    const count = (selector) => [...document.querySelectorAll(selector)].filter(isShown).length;
    return { table: count('table'), columnheader: count('th[scope^=col]'), rowheader: count('th[scope^=row]'), cell: count('td') };
  });
  const names = { table: 'table', columnheader: 'header of a column', rowheader: 'header of a row', cell: 'cell' };
  return Object.keys(there)
    .filter((role) => told[role] !== there[role])
    .map((role) => `a ${names[role]} is not told as one: ${told[role]} of ${there[role]} are`);
}

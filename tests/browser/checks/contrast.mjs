// The contrast of every text with every colour that may lie behind it, gradients among them: 4.5:1, of large text 3:1
// (WCAG 1.4.3). It shares no code with axe, and settles what axe leaves open.

export async function contrast(page) {
  await page.addStyleTag({ content: '* { opacity: 1 !important }' });
  return page.evaluate(() => {
    const { texts, rgba, over, grounds, contrast, told, lines } = globalThis.inside;
    const problems = [];
    for (const node of texts()) {
      const element = node.parentElement;
      if (lines(node).length === 0) continue;
      const style = getComputedStyle(element);
      const size = parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const worst = Math.min(...grounds(element).map((ground) => contrast(over(rgba(style.color), ground), ground)));
      if (worst < (isLarge ? 3 : 4.5)) problems.push(`${worst.toFixed(2)}:1 ${told(element)}`);
    }
    return problems;
  });
}

// Whether all of the text is seen: no scrolling sideways, nothing cut off, nothing written over something else (WCAG
// 1.4.4, 1.4.10), also with the spacing that 1.4.12 asks pages to bear.

// A picture drawn of words stands beside the same in words, and keeps its own spacing.
const SPACED = `:not(svg *) { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }
  svg * { letter-spacing: normal !important; word-spacing: normal !important }`;

/** The same with more space between letters, words, lines and paragraphs. */
export async function spaced(page) {
  await page.addStyleTag({ content: SPACED });
  return (await reflow(page)).map((problem) => `with more spacing, ${problem}`);
}

export async function reflow(page) {
  await page.addStyleTag({ content: '* { opacity: 1 !important }' });
  return page.evaluate(() => {
    const { texts, lines, told, scroller, isForEarsOnly } = globalThis.inside;
    const problems = [];
    const root = document.documentElement;
    const wide = root.clientWidth;
    if (root.scrollWidth > wide) problems.push(`the page is ${root.scrollWidth} wide in a window of ${wide}`);

    const boxes = [];
    for (const node of texts()) {
      const element = node.parentElement;
      if (element.closest('.skip')) continue;
      const inScroller = scroller(element);
      // What scrolls has to be reached by keyboard: by itself, or by what stands in it.
      if (inScroller && inScroller.tabIndex < 0 && !inScroller.querySelector('a[href], button, input')) problems.push(`only a mouse can scroll to ${told(element)}`);
      for (const box of lines(node)) {
        if (!inScroller && (box.left < -0.5 || box.right > wide + 0.5)) problems.push(`beyond the edge: ${told(element)}`);
        boxes.push({ node, element, inScroller, left: box.left, right: box.right, top: box.top, bottom: box.bottom });
      }
    }
    for (const element of document.querySelectorAll('body *')) {
      const style = getComputedStyle(element);
      if (!/hidden|clip/.test(style.overflowX + style.overflowY) || isForEarsOnly(element)) continue;
      if (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1) {
        problems.push(`cut off: ${told(element)}`);
      }
    }

    // Lines of different texts that lie over each other: by their tops, so that each is held against its neighbours only.
    const pinned = (element) => {
      for (let at = element; at; at = at.parentElement) if (/sticky|fixed/.test(getComputedStyle(at).position)) return at;
      return null;
    };
    for (const box of boxes) box.pinned = pinned(box.element);
    boxes.sort((a, b) => a.top - b.top);
    for (let at = 0; at < boxes.length; at += 1) {
      const one = boxes[at];
      for (let next = at + 1; next < boxes.length && boxes[next].top < one.bottom - 4; next += 1) {
        const other = boxes[next];
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        if (other.node === one.node || across < 2 || other.pinned !== one.pinned || other.inScroller !== one.inScroller) continue;
        problems.push(`${told(one.element)} is written over ${told(other.element)}`);
      }
    }
    return problems;
  });
}

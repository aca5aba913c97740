// A page by the keyboard alone: the skip link first, everything reached once in the order seen, each stop plainly shown and
// under nothing (WCAG 2.1.1, 2.1.2, 2.4.1, 2.4.3, 2.4.7, 2.4.11), and big enough for a finger (2.5.8).

/** The skip link: the first stop, seen when it has the focus, and it leads into the main part. */
export async function skipLink(page) {
  const problems = [];
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => {
    const { told, isShown } = globalThis.inside;
    const at = document.activeElement;
    const box = at.getBoundingClientRect();
    const isSeen = isShown(at) && box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
    const target = document.querySelector('main')?.id;
    return { told: told(at), isSkip: at.matches('a') && at.getAttribute('href') === `#${target}`, isSeen };
  });
  if (!first.isSkip) return [`the first stop does not lead to the main part: ${first.told}`];
  if (!first.isSeen) problems.push('the skip link is not seen when it has the focus');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const second = await page.evaluate(() => {
    const main = document.querySelector('main');
    const hasStops = globalThis.inside.stops().some((stop) => main.contains(stop));
    return { told: globalThis.inside.told(document.activeElement), isInside: main.contains(document.activeElement) || !hasStops };
  });
  if (!second.isInside) problems.push(`after the skip link the next stop is ${second.told}`);
  return problems;
}

/** Every stop of the page, by pressing Tab until they begin again. */
export async function stops(page) {
  const problems = [];
  const count = await page.evaluate(() => {
    globalThis.wanted = globalThis.inside.stops();
    globalThis.last = null;
    return globalThis.wanted.length;
  });
  let reached = 0;
  for (let pressed = 0; pressed < count + 2; pressed += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(stop);
    problems.push(...at.problems);
    if (at.place === reached) reached += 1;
    else if (at.place === 0 || at.place === -1) break;
    else {
      problems.push(`stop ${reached + 1} should be ${at.expected}, and is ${at.told}`);
      reached = at.place + 1;
    }
  }
  if (reached !== count) problems.push(`${reached} of ${count} stops were reached`);
  return { problems, count };
}

/** What there is to say of the stop that has the focus now. Runs in the page. */
function stop() {
  const { told, grounds, rgba, over, contrast } = globalThis.inside;
  const at = document.activeElement;
  const place = globalThis.wanted.indexOf(at);
  const expected = globalThis.wanted.find((_, index) => index === globalThis.wanted.indexOf(globalThis.last) + 1);
  const problems = [];
  if (place < 0) return { place, problems, told: told(at), expected: expected ? told(expected) : 'none' };
  const style = getComputedStyle(at);
  const boxes = [...at.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
  const box = boxes.sort((a, b) => b.width * b.height - a.width * a.height)[0] ?? at.getBoundingClientRect();

  const width = parseFloat(style.outlineWidth);
  if (!at.matches(':focus-visible') || style.outlineStyle === 'none' || width < 2) problems.push(`no sign of focus: ${told(at)}`);
  else {
    // The outline lies outside the stop, on what is behind it; at a bar's edge on what is behind the bar.
    const behind = parseFloat(style.outlineOffset) < 0 ? grounds(at) : grounds(at.parentElement);
    const worst = Math.min(...behind.map((ground) => contrast(over(rgba(style.outlineColor), ground), ground)));
    if (worst < 3) problems.push(`a sign of focus of ${worst.toFixed(2)}:1: ${told(at)}`);
    const reach = Math.max(0, width + parseFloat(style.outlineOffset));
    for (let up = at.parentElement; up && up !== document.body; up = up.parentElement) {
      if (/visible/.test(getComputedStyle(up).overflowX)) continue;
      const edge = up.getBoundingClientRect();
      const sides = [box.left - reach < edge.left - 0.5, box.right + reach > edge.right + 0.5];
      if (sides.includes(true) && box.left >= edge.left && box.right <= edge.right) problems.push(`a sign of focus cut off: ${told(at)}`);
    }
  }

  const inset = (low, high) => [low + Math.min(3, (high - low) / 4), (low + high) / 2, high - Math.min(3, (high - low) / 4)];
  const points = inset(box.left, box.right).flatMap((x) => inset(box.top, box.bottom).map((y) => [x, y]));
  const seen = points.filter(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (at.contains(top) || top.contains(at));
  });
  // Of a stop larger than the window some points must be off it.
  const least = box.height > innerHeight || box.width > innerWidth ? 1 : 7;
  if (seen.length < least) problems.push(`hidden while it has the focus: ${told(at)}`);

  // From one stop to the next the eye goes down, or on to the right; never up to the left. A part that stays in place while
  // the page moves, or scrolls by itself, has an order of its own.
  const isApart = (it) => {
    const style = getComputedStyle(it);
    return /sticky|fixed/.test(style.position) || (/auto|scroll/.test(style.overflowY) && it.scrollHeight > it.clientHeight);
  };
  let part = at.parentElement;
  while (part && !isApart(part)) part = part.parentElement;
  const from = part ? part.getBoundingClientRect() : { left: -scrollX, top: -scrollY };
  const [left, top] = [from.left - (part?.scrollLeft ?? 0), from.top - (part?.scrollTop ?? 0)];
  const first = boxes.length > 1 ? at.getClientRects()[0] : box;
  const now = { part, left: first.left - left, bottom: first.bottom - top, top: box.top - top, right: box.right - left };
  const before = globalThis.last && globalThis.lastBox;
  if (before && before.part === part && now.bottom < before.top + 4 && now.left < before.right - 4) {
    problems.push(`the focus jumps back up to ${told(at)}`);
  }
  [globalThis.last, globalThis.lastBox] = [at, now];
  return { place, problems, told: told(at), expected: expected ? told(expected) : 'none' };
}

/** Every target 24 by 24 pixels, or as far from others as that would take; links within a sentence excepted. */
export async function targets(page) {
  return page.evaluate(() => {
    const { stops, told, isShown } = globalThis.inside;
    const isInSentence = (element) => {
      if (getComputedStyle(element).display !== 'inline') return false;
      let block = element.parentElement;
      while (getComputedStyle(block).display === 'inline') block = block.parentElement;
      return [...globalThis.inside.texts(block)].some((node) => !element.contains(node));
    };
    const all = stops().filter((it) => isShown(it) && !it.matches('.skip')).map((element) => {
      // The words of a check box are part of its target.
      const whole = element.matches('input') ? (element.closest('label') ?? element) : element;
      const box = whole.getBoundingClientRect();
      return { element, box, isSmall: box.width < 24 || box.height < 24, x: box.left + box.width / 2, y: box.top + box.height / 2 };
    });
    const near = (one, other) => {
      const across = Math.max(other.box.left - one.x, 0, one.x - other.box.right);
      const down = Math.max(other.box.top - one.y, 0, one.y - other.box.bottom);
      const centres = Math.hypot(one.x - other.x, one.y - other.y);
      return Math.hypot(across, down) < 12 || (other.isSmall && centres < 24);
    };
    const small = all.filter((it) => it.isSmall && !isInSentence(it.element));
    return small
      .filter((one) => all.some((other) => other !== one && !one.element.contains(other.element) && !other.element.contains(one.element) && near(one, other)))
      .map((one) => `a target of ${Math.round(one.box.width)} by ${Math.round(one.box.height)}: ${told(one.element)}`);
  });
}

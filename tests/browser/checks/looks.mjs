// What people see who set their own colours, more contrast or less motion.

/** The boxes that stand out by their background, as the page is: to be held against forced colours. */
export async function boxes(page) {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll('body *')].filter((element) => {
      const style = getComputedStyle(element);
      return globalThis.inside.rgba(style.backgroundColor)[3] > 0 && globalThis.inside.isShown(element) && element.textContent.trim();
    });
    all.forEach((element) => (element.dataset.filled = ''));
    return all.length;
  });
}

/** In forced colours backgrounds are gone: what stood out by one needs a border (WCAG 1.4.1). */
export async function forcedColours(page) {
  await boxes(page);
  await page.emulateMedia({ forcedColors: 'active' });
  return page.evaluate(() => {
    const { told, rgba, contrast, texts, grounds, over } = globalThis.inside;
    const problems = [];
    const ground = rgba('Canvas');
    for (const element of document.querySelectorAll('[data-filled]')) {
      const style = getComputedStyle(element);
      const hasBorder = ['Top', 'Right', 'Bottom', 'Left'].some(
        (side) =>
          parseFloat(style[`border${side}Width`]) > 0 &&
          !/none|hidden/.test(style[`border${side}Style`]) &&
          contrast(over(rgba(style[`border${side}Color`]), ground), ground) >= 3,
      );
      const isKept = style.forcedColorAdjust === 'none';
      if (!hasBorder && !isKept && !element.matches('.skip')) problems.push(`no border in forced colours: ${told(element)}`);
    }
    for (const node of texts()) {
      const colour = rgba(getComputedStyle(node.parentElement).color);
      if (grounds(node.parentElement).some((it) => contrast(over(colour, it), it) < 4.5)) {
        problems.push(`text not seen in forced colours: ${told(node.parentElement)}`);
      }
    }
    return problems;
  });
}

/** Nothing moves where less motion is asked for. */
export async function motion(page) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  return page.evaluate(() => {
    const { told } = globalThis.inside;
    const problems = document.getAnimations().map((it) => `an animation runs: ${it.animationName ?? it.transitionProperty}`);
    for (const element of document.querySelectorAll('*')) {
      const style = getComputedStyle(element);
      const isMoving = (times) => times.split(',').some((time) => parseFloat(time) > 0);
      if (style.animationName !== 'none' && isMoving(style.animationDuration)) problems.push(`an animation: ${told(element)}`);
      if (isMoving(style.transitionDuration)) problems.push(`a transition: ${told(element)}`);
      if (style.scrollBehavior === 'smooth') problems.push(`smooth scrolling: ${told(element)}`);
    }
    return problems;
  });
}

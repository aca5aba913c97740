// What the checks ask of a page from within it. It is put into every page before its own text; it changes nothing there.

globalThis.inside = (() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const colours = new Map();

  /** A colour as CSS tells it, as red, green, blue and alpha. */
  function rgba(told) {
    if (!colours.has(told)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = told;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
      colours.set(told, [red, green, blue, alpha / 255]);
    }
    return colours.get(told);
  }

  const over = (top, below) =>
    [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3])).concat(1);

  function luminance(colour) {
    const [red, green, blue] = colour.slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function contrast(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  /** Every colour that may lie behind the content of an element: one, or all those of a gradient. */
  function grounds(element) {
    if (!element) return [rgba('Canvas')];
    const style = getComputedStyle(element);
    const colour = rgba(style.backgroundColor);
    const below = colour[3] === 1 ? [colour] : grounds(element.parentElement).map((it) => over(colour, it));
    if (style.backgroundImage === 'none') return below;
    const painted = style.backgroundImage.match(/(?:rgba?|color|oklch|oklab|lab|lch|hsla?)\([^()]*\)/g) ?? [];
    return below.concat(painted.flatMap((told) => below.map((it) => over(rgba(told), it))));
  }

  /** Whether sighted people see nothing of an element that programs read out. */
  function isForEarsOnly(element) {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      const isCut = style.clipPath === 'inset(50%)' || (box.width <= 1 && box.height <= 1 && style.overflow !== 'visible');
      if (isCut) return true;
    }
    return false;
  }

  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && !isForEarsOnly(element);

  /** Every text that is seen, with its node. */
  function* texts(root = document.body) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.data.trim() && !node.parentElement.closest('script, style, noscript') && isShown(node.parentElement)) yield node;
    }
  }

  /** The boxes of a text, one a line. */
  function lines(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((box) => box.width > 0.5 && box.height > 0.5);
  }

  /** An element told so that somebody finds it: its nearest id, its tag, its first words. */
  function told(element) {
    const named = element.closest('[id]');
    const tag = element.tagName.toLowerCase() + (element.classList.length ? `.${[...element.classList].join('.')}` : '');
    const words = (element.getAttribute('aria-label') ?? element.textContent).trim().replace(/\s+/g, ' ').slice(0, 40);
    return `${named && named !== element ? `#${named.id} ` : ''}${tag}${element.id ? `#${element.id}` : ''} “${words}”`;
  }

  const STOPS = 'a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [contenteditable], [tabindex]';

  /** Everything the keyboard has to reach, in the order of the document. */
  function stops() {
    return [...document.querySelectorAll(STOPS)].filter(
      (element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }),
    );
  }

  /** The nearest box around an element that scrolls by itself, in whichever way. */
  const scroller = (element) => {
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(at);
      if (/auto|scroll/.test(overflowX) && at.scrollWidth > at.clientWidth) return at;
      if (/auto|scroll/.test(overflowY) && at.scrollHeight > at.clientHeight) return at;
    }
    return null;
  };

  return { rgba, over, contrast, grounds, isShown, isForEarsOnly, texts, lines, told, stops, scroller };
})();

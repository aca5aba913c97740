// Scripts add comfort and no content: without them every line of the text is there.

/** The lines of the text, as they are seen; what searches is a script's own. */
export async function words(page) {
  return page.evaluate(() => {
    const parts = [...document.querySelectorAll('main, footer, header')];
    document.querySelectorAll('[role=search], search').forEach((element) => element.remove());
    return parts.flatMap((part) => part.innerText.split('\n').map((line) => line.trim())).filter(Boolean);
  });
}

export function missing(withScript, without) {
  const there = new Set(without);
  const problems = withScript.filter((line) => !there.has(line)).map((line) => `only a script shows “${line}”`);
  if (without.length < 5) problems.push(`without scripts there are ${without.length} lines`);
  return problems;
}

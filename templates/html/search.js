/*
 * Search in the pages: clauses, rules, terms and words, summaries and readers' pages, found as one types.
 *
 * The pages are whole without this script: it makes the search box itself, in the place that each page keeps for it
 * (.search). It reads the index, search-index.js and its further parts, by adding scripts to the page, so that it works
 * from a folder as it does from a server, and under a policy that allows scripts of the same place only. What an author
 * wrote comes into the page as text, never as markup.
 *
 *   reading          a part of the index is unpacked once, into tables of words and of the entries they stand in
 *   finding          words of a query, each with what else it may be called, looked up in all parts; then an order
 *   showing          the box, the list (a combobox with a listbox, as the ARIA practices have it), the keys
 */
(() => {
  'use strict';

  const place = document.querySelector('.search');
  const own = document.currentScript;
  if (!place || !own) return;
  /** The folder of the index page. */
  const root = new URL('.', own.src).href;

  // ------------------------------------------------------------------------------------------------------------ reading

  const DIGITS = '!#$%&\'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{}~';
  const LAST = 60;
  const LEAD = DIGITS.length - LAST;
  const digits = new Map([...DIGITS].map((digit, value) => [digit.charCodeAt(0), value]));
  const IS_WORD = /^[\p{Alphabetic}\p{N}]/u;

  /** Where a word can stand, and what that is worth. */
  const TEXT = 0, ID = 1, HEADING = 2;
  const WORTH = [1, 1.6, 3];

  const parts = [];

  /** Small letters without accents; of `’s` only the word. */
  function folded(word) {
    return word.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/['’]s?$/, '').replace(/['’]/g, '');
  }

  /** What is left of an English word without its ending: `policies` and `policy`, `bullied` and `bullying` meet. */
  function stem(word) {
    if (word.length < 4 || /\d/.test(word)) return word;
    let at = word.replace(/i[sz](e|es|ed|ing|ation|ations)$/, 'is');
    if (at !== word) return at;
    at = word.replace(/(ies|ied)$/, 'y');
    if (at === word) at = word.replace(/(ss|sh|ch|x|z)es$/, '$1');
    if (at === word) at = word.replace(/([^sui])s$/, '$1');
    const bare = at.replace(/(ing|ed)$/, '');
    if (bare !== at && bare.length > 2 && /[aeiouy]/.test(bare)) at = bare.replace(/([bdfgklmnprt])\1$/, '$1');
    return at.length > 3 ? at.replace(/e$/, '') : at;
  }

  /** The pieces of a list, each without what it shares with the one before. */
  function lengthened(list) {
    let before = '';
    return list.split('|').map((piece) => (before = before.slice(0, parseInt(piece[0], 36)) + piece.slice(1)));
  }

  /** A part of the index, ready to be searched. */
  function unpacked(data) {
    const shown = [], first = [];
    for (const list of data.words) {
      first.push(shown.length);
      for (const word of lengthened(list)) shown.push(word);
    }
    const keys = shown.map((word) => (IS_WORD.test(word) ? folded(word) : ''));
    const ids = new Map();
    keys.forEach((key, id) => key && !ids.has(key) && ids.set(key, id));

    const paths = lengthened(data.paths), numbers = data.numbers.split('|');
    const count = data.kinds.length;
    const parents = new Int32Array(count), policies = new Int32Array(count);
    const line = [];
    let policy = -1, left = 0;
    for (let at = 0; at < count; at++) {
      if (left === 0) left = data.policies[++policy].entries;
      left--;
      policies[at] = policy;
      const depth = digits.get(data.depths.charCodeAt(at));
      parents[at] = depth > 0 ? line[depth - 1] : -1;
      if ('psacm'.includes(data.kinds[at])) line[depth] = at;
    }

    // All words of all entries, one after the other: an entry's heading, then its text.
    let tokens = new Int32Array(2 * (data.headings.length + data.texts.length));
    const headings = new Int32Array(count + 1), texts = new Int32Array(count);
    let end = 0;
    const room = (more) => {
      if (end + more <= tokens.length) return;
      const larger = new Int32Array(2 * (end + more));
      larger.set(tokens);
      tokens = larger;
    };
    const read = (list, from) => {
      let value = 0, leading = 0;
      if (list.charCodeAt(from) === 32) {
        // The same as an earlier one, of which only the place is told.
        const next = list.indexOf('|', from), stop = next < 0 ? list.length : next;
        const same = parseInt(list.slice(from + 1, stop), 36);
        const [begun, ended] = list === data.texts ? [texts[same], headings[same + 1]] : [headings[same], texts[same]];
        room(ended - begun);
        tokens.copyWithin(end, begun, ended);
        end += ended - begun;
        return stop + 1;
      }
      for (; from < list.length; from++) {
        const code = list.charCodeAt(from);
        if (code === 124) return from + 1;
        const digit = digits.get(code);
        if (digit >= LAST) {
          value = value * LEAD + digit - LAST;
          leading++;
        } else {
          room(1);
          tokens[end++] = first[leading] + value * LAST + digit;
          value = leading = 0;
        }
      }
      return from;
    };
    for (let at = 0, heading = 0, text = 0; at < count; at++) {
      headings[at] = end;
      heading = read(data.headings, heading);
      texts[at] = end;
      text = read(data.texts, text);
    }
    headings[count] = end;

    // A written id is as good as a heading where there is none; its words may stand nowhere else.
    const named = [];
    for (let at = 0; at < count; at++) {
      if (!'sacr'.includes(data.kinds[at])) continue;
      for (const word of paths[at].split(/[/.]/).pop().split('-')) {
        if (!/^[a-z]/.test(word)) continue;
        let id = ids.get(word);
        if (id === undefined) {
          id = keys.push(word) - 1;
          ids.set(word, id);
        }
        named.push([id, at]);
      }
    }

    // For each word the places where it stands, an entry times four and the kind of place.
    const starts = new Int32Array(keys.length + 1);
    for (let at = 0; at < end; at++) starts[tokens[at] + 1]++;
    for (const [id] of named) starts[id + 1]++;
    for (let id = 0; id < keys.length; id++) starts[id + 1] += starts[id];
    const places = new Int32Array(end + named.length), filled = starts.slice();
    for (let at = 0; at < count; at++) {
      for (let token = headings[at]; token < headings[at + 1]; token++) {
        places[filled[tokens[token]]++] = at * 4 + (token < texts[at] ? HEADING : TEXT);
      }
    }
    for (const [id, at] of named) places[filled[id]++] = at * 4 + ID;

    return {
      count, shown, keys, stems: keys.map(stem), ids, kinds: data.kinds, paths, numbers, parents, policies, tokens, headings,
      texts, starts, places, of: data.policies, folds: numbers.map((number) => number.toLowerCase().replace(/\.$/, '')),
      forms: data.forms.map((forms) => forms.split('|').map(wordsOf)),
    };
  }

  // ------------------------------------------------------------------------------------------------------------ finding

  const COMMON = new Set(('a an and are as at be by can do does for from has have how i if in into is it its me my of on or our ' +
    'that the their they this to was we what when where which who will with you your').split(' '));
  const MOST_SHOWN = 40, MOST_OF_ONE = 8;
  /** Readers' pages have room of their own: they are to push no policy out. */
  const MOST_READERS = 12, MOST_READERS_OF_ONE = 3;

  /** The words of a text, folded; numbers as clauses have them are words too. */
  function wordsOf(text) {
    const found = text.normalize('NFC').match(/\d+(?:\.\d+)*(?:\([\p{L}\d]+\)?)*|\([\p{L}\d]+\)|[\p{Alphabetic}\p{N}\p{M}]+(?:['’]\p{L}+)*/gu);
    return (found || []).map((word) => (/[.(]/.test(word) ? word.toLowerCase() : folded(word))).filter(Boolean);
  }

  /** What is asked for: units that must be found, each with the word or words that would do. */
  function unitsOf(query) {
    let words = wordsOf(query);
    const isNumber = (word) => /^[\d(]/.test(word);
    words = words.filter((word, at) => !(/^(clause|section|paragraph|para|rule)$/.test(word) && at + 1 < words.length && isNumber(words[at + 1])));
    if (words.some((word) => !COMMON.has(word))) {
      // The last word may be the beginning of another.
      words = words.filter((word) => !COMMON.has(word));
    }
    const isOpen = !/\s$/.test(query);
    const same = (a, b) => a.length === b.length && a.every((word, at) => stem(word) === stem(b[at]));
    const forms = parts.flatMap((part) => part.forms);
    const units = [];
    for (let at = 0; at < words.length;) {
      let length = 1, others = [];
      for (const form of forms) {
        for (const way of form) {
          if (way.length >= length && same(way, words.slice(at, at + way.length))) {
            if (way.length > length) [length, others] = [way.length, []];
            others.push(...form.filter((other) => !same(other, way)));
          }
        }
      }
      const said = words.slice(at, at + length);
      if (at + 1 < words.length && length === 1) others.push([words[at] + words[at + 1]]);
      at += length;
      units.push({ said, others, isOpen: isOpen && at === words.length });
    }
    return units;
  }

  /** How well a word of a query fits each word of a part: pairs of an id and a measure. */
  function fitting(part, word, isOpen) {
    const root = stem(word), found = [];
    for (let id = 0; id < part.keys.length; id++) {
      const key = part.keys[id];
      if (!key) continue;
      if (key === word) found.push([id, 1]);
      else if (part.stems[id] === root) found.push([id, 0.9]);
      else if (isOpen && key.startsWith(word)) found.push([id, 0.5 + 0.3 * (word.length / key.length)]);
      else if (root.length > 3 && key.startsWith(root) && key.length <= word.length + 3) found.push([id, 0.4]);
    }
    return found;
  }

  /** For each entry how well it has a word; 0 where it has it not. */
  function having(part, word, isOpen, matched) {
    const scores = new Float32Array(part.count);
    if (!/[.(]/.test(word)) {
      for (const [id, fit] of fitting(part, word, isOpen)) {
        if (!COMMON.has(part.keys[id])) matched.add(id);
        for (let at = part.starts[id]; at < part.starts[id + 1]; at++) {
          const entry = part.places[at] >> 2, score = fit * WORTH[part.places[at] & 3];
          if (score > scores[entry]) scores[entry] = score;
        }
      }
    }
    if (/^[\d(]|^[a-z]$/.test(word)) {
      for (let at = 0; at < part.count; at++) {
        const number = part.folds[at];
        if (number === word) scores[at] = Math.max(scores[at], 6);
        else if (number.startsWith(word) && /[.(]/.test(number[word.length])) scores[at] = Math.max(scores[at], isOpen ? 1.5 : 0.5);
      }
    }
    return scores;
  }

  /** Whether the words stand in an entry one after the other. */
  function adjoining(part, entry, words) {
    const stems = words.map(stem), end = part.headings[entry + 1];
    for (let first = part.headings[entry]; first < end; first++) {
      let at = first, next = 0;
      for (; at < end && next < stems.length; at++) {
        const id = part.tokens[at];
        if (!part.keys[id]) continue;
        if (part.stems[id] !== stems[next]) break;
        next++;
      }
      if (next === stems.length) return true;
    }
    return false;
  }

  /** For each entry how well it has a unit of the query, in any of its ways. */
  function scored(part, unit, matched) {
    const together = (words, isOpen, ids) => {
      const each = words.map((word, at) => having(part, word, isOpen && at === words.length - 1, ids));
      if (each.length === 1) return each[0];
      return each[0].map((_, at) => (each.every((it) => it[at] > 0) ? each.reduce((sum, it) => sum + it[at], 0) / each.length : 0));
    };
    const best = together(unit.said, unit.isOpen, matched);
    for (const other of unit.others) {
      // What stands together is looked for where its rarer words are.
      const rare = other.filter((word) => !COMMON.has(word));
      const ids = new Set(), scores = together(rare.length ? rare : other, false, ids);
      let isUsed = false;
      for (let at = 0; at < part.count; at++) {
        const score = scores[at] * 0.6;
        if (score > best[at] && (other.length === 1 || adjoining(part, at, other))) {
          best[at] = score;
          isUsed = true;
        }
      }
      if (isUsed) ids.forEach((id) => matched.add(id));
    }
    return best;
  }

  /** The entries that have all units, or with `isSome` as many as can be; best first. */
  function matching(units, isSome) {
    const found = parts.map((part) => {
      const matched = new Set();
      return { part, matched, scores: units.map((unit) => scored(part, unit, matched)) };
    });
    const all = parts.reduce((sum, part) => sum + part.count, 0);
    const weights = units.map((_, at) => {
      const many = found.reduce((sum, { scores }) => sum + scores[at].reduce((count, it) => count + (it > 0), 0), 0);
      return Math.log(1 + all / (1 + many));
    });
    const hits = [];
    for (const { part, matched, scores } of found) {
      for (let at = 0; at < part.count; at++) {
        let score = 0, has = 0, direct = 0, isHeaded = false;
        for (let unit = 0; unit < units.length; unit++) {
          let it = scores[unit][at];
          if (it > 0) direct++;
          if (it > WORTH[ID]) isHeaded = true;
          // What the heading says that a clause stands below, the clause need not say again.
          for (let above = part.parents[at]; it === 0 && above >= 0; above = part.parents[above]) {
            if (scores[unit][above] >= 2) it = 0.25 * scores[unit][above];
          }
          if (it > 0) has++;
          score += it * weights[unit];
        }
        if (direct === 0 || (isSome ? direct < has && has < 2 : has < units.length)) continue;
        if (isSome) score *= (has / units.length) ** 2;
        hits.push({ part, matched, at, score, has, isHeaded });
      }
    }
    if (isSome) {
      const most = hits.reduce((most, hit) => Math.max(most, hit.has), 0);
      return ordered(hits.filter((hit) => hit.has === most), units);
    }
    return ordered(hits, units);
  }

  function ordered(hits, units) {
    const words = units.flatMap((unit) => unit.said);
    for (const hit of hits) {
      const { part, at } = hit, kind = part.kinds[at];
      const long = part.headings[at + 1] - part.headings[at];
      hit.score /= 1 + 0.15 * Math.log2(1 + long / 40);
      if ('twm'.includes(kind)) hit.score *= hit.isHeaded ? 1.15 : 0.6;
      if (kind === 'r' || kind === 'l') hit.score *= 0.9;
      if (kind === 'x') hit.score *= 0.4;
      // A heading that says this and no more is what was meant, and so is a word by another of its forms.
      const heading = [];
      for (let token = part.headings[at]; token < part.texts[at]; token++) {
        const id = part.tokens[token];
        if (part.keys[id] && !COMMON.has(part.keys[id])) heading.push(id);
      }
      if (heading.length && heading.every((id) => hit.matched.has(id))) hit.score *= 1.3;
      const ways = units.length === 1 && 'twm'.includes(kind) ? [units[0].said, ...units[0].others] : [];
      const stems = heading.map((id) => part.stems[id]).join(' ');
      if (ways.some((way) => way.filter((it) => !COMMON.has(it)).map(stem).join(' ') === stems)) hit.score *= 1.5;
    }
    hits.sort((a, b) => b.score - a.score || parts.indexOf(a.part) - parts.indexOf(b.part) || a.at - b.at);
    if (words.length > 1) {
      for (const hit of hits.slice(0, 200)) if (adjoining(hit.part, hit.at, words)) hit.score *= 1.25;
      hits.sort((a, b) => b.score - a.score || parts.indexOf(a.part) - parts.indexOf(b.part) || a.at - b.at);
    }
    // A clause and its rules are one place of the page: the better of them stands for all.
    const taken = new Map();
    return hits.filter(({ part, at }) => {
      const block = 'r'.includes(part.kinds[at]) ? part.parents[at] : at;
      const of = taken.get(part) || taken.set(part, new Set()).get(part);
      return !of.has(block) && of.add(block);
    });
  }

  /** Places by what they are called in the sources: `org/policy:section/clause#rule`, or the end of it. */
  function byKey(query) {
    const key = query.trim();
    if (!/^[a-z][\w./-]*[:/#][\w./:#-]+$/.test(key)) return [];
    const hits = [];
    for (const part of parts) {
      for (let at = 0; at < part.count; at++) {
        if ('om'.includes(part.kinds[at])) continue;
        const path = part.kinds[at] === 'r' ? part.paths[at].replace(/\.([^.]*)$/, '#$1') : part.paths[at];
        const whole = `${part.of[part.policies[at]].page.replace(/\.html$/, '')}:${path}`;
        if (whole === key || (whole.endsWith(key) && /[:/]/.test(whole[whole.length - key.length - 1]))) {
          hits.push({ part, matched: new Set(), at, score: 1, has: 1 });
        }
      }
    }
    return hits;
  }

  /** Whether two words differ by one letter: another, one more, one less, or two changed about. */
  function isNear(a, b) {
    if (Math.abs(a.length - b.length) > 1 || a === b) return false;
    let from = 0;
    while (from < a.length && a[from] === b[from]) from++;
    let end = 0;
    while (end < Math.min(a.length, b.length) - from && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
    const [x, y] = [a.slice(from, a.length - end), b.slice(from, b.length - end)];
    return x.length <= 1 && y.length <= 1 ? true : x.length === 2 && y.length === 2 && x[0] === y[1] && x[1] === y[0];
  }

  /** The word of the index that a misspelt one was meant to be: of those that are near the most frequent. */
  function meant(word) {
    const counts = new Map(), root = stem(word);
    for (const part of parts) {
      part.keys.forEach((key, id) => {
        if (key.length < 4 || !(isNear(word, key) || isNear(root, part.stems[id]))) return;
        // Few misspell the first letter.
        const count = (part.starts[id + 1] - part.starts[id]) * (key[0] === word[0] ? 10 : 1);
        counts.set(key, (counts.get(key) || 0) + count);
      });
    }
    return [...counts].reduce((best, it) => (it[1] > best[1] ? it : best), ['', 0])[0];
  }

  /** A word as two that stand together: `email` as `e-mail`. */
  function parted(word) {
    for (let at = 1; at < word.length; at++) {
      const two = [word.slice(0, at), word.slice(at)];
      if (parts.some((part) => isAnywhere(part, two))) return two;
    }
    return null;
  }

  function isAnywhere(part, words) {
    const id = part.ids.get(words[0]);
    if (id === undefined) return false;
    for (let at = part.starts[id]; at < part.starts[id + 1]; at++) {
      if (adjoining(part, part.places[at] >> 2, words)) return true;
    }
    return false;
  }

  /** All that is found, and how: `all` words, `instead` others, or `some`. */
  function find(query) {
    const keyed = byKey(query);
    if (keyed.length) return { hits: keyed, how: 'all' };
    const units = unitsOf(query);
    if (!units.length) return { hits: [], how: 'all' };
    const hits = matching(units, false);
    if (hits.length) return { hits, how: 'all' };
    const wrong = [], right = [];
    const mended = units.flatMap((unit) => {
      const [word] = unit.said;
      const isThere = unit.said.length > 1 || parts.some((part) => fitting(part, word, unit.isOpen).length);
      if (isThere || word.length < 5) return [unit];
      const two = parted(word);
      if (two) return two.map((said) => ({ said: [said], others: [], isOpen: false }));
      const other = meant(word);
      if (!other) return [unit];
      wrong.push(word);
      right.push(other);
      return [{ said: [other], others: [], isOpen: false }];
    });
    if (mended.some((unit) => !units.includes(unit))) {
      const hits = matching(mended, false);
      if (hits.length) return { hits, how: right.length ? 'instead' : 'all', wrong, right };
    }
    return { hits: units.length > 1 ? matching(mended, true) : [], how: 'some' };
  }

  /** The path of this page below the root, without its ending. */
  function pageHere() {
    const here = location.href.split(/[?#]/)[0];
    return here.startsWith(root) ? decodeURI(here.slice(root.length)).replace(/\.html$/, '') : '';
  }

  /** Hits by policy: that of the page first, withdrawn ones last; a few of each where there are several. */
  function grouped(hits) {
    const here = pageHere(), groups = new Map();
    for (const hit of hits) {
      const policy = hit.part.of[hit.part.policies[hit.at]];
      if (!groups.has(policy)) groups.set(policy, { policy, hits: [] });
      groups.get(policy).hits.push(hit);
    }
    const stemOf = (policy) => policy.page.replace(/\.html$/, '');
    const organisation = (page) => page.split('/')[0];
    const rank = ({ policy, hits }) => {
      if (stemOf(policy) === here) return Infinity;
      return (policy.withdrawn ? -1e6 : 0) + hits[0].score * (organisation(here) === organisation(policy.page) ? 1.25 : 1);
    };
    const sorted = [...groups.values()].sort((a, b) => rank(b) - rank(a));
    let room = MOST_SHOWN, roomForReaders = MOST_READERS;
    for (const group of sorted) {
      group.all = group.hits.length;
      const { readers } = group.policy, isOne = sorted.length === 1;
      const most = readers ? Math.min(roomForReaders, isOne ? MOST_READERS : MOST_READERS_OF_ONE) : Math.min(room, isOne ? MOST_SHOWN : MOST_OF_ONE);
      group.hits = group.hits.slice(0, most);
      if (readers) roomForReaders -= group.hits.length;
      else room -= group.hits.length;
    }
    return sorted.filter((group) => group.hits.length);
  }

  // ------------------------------------------------------------------------------------------------------------ showing

  const KINDS = { p: 'Policy', o: 'Page', m: 'Page', s: 'Section', a: 'Annex', r: 'Rule', t: 'Term', w: 'Word', x: 'Withdrawn' };
  /** Words of an excerpt, and how many of them stand before what was found. */
  const EXCERPT = 28, BEFORE = 8;
  const SETTING = 'clausal-slash';

  function element(name, attributes = {}, ...content) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...content);
    return made;
  }

  const input = element('input', {
    id: 'search.input', type: 'text', role: 'combobox', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false',
    enterkeyhint: 'search', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': 'search.list',
    'aria-keyshortcuts': 'Control+K',
  });
  const label = element('label', { for: 'search.input' }, 'Search');
  const told = element('p', { class: 'search-told', 'aria-hidden': 'true' });
  const spoken = element('p', { class: 'search-spoken', role: 'status' });
  const list = element('div', { id: 'search.list', role: 'listbox', tabindex: '-1', 'aria-label': 'Results' });
  const slash = element('input', { type: 'checkbox' });
  const keys = element('p', { class: 'search-keys' }, 'Ctrl+K leads here.');
  const panel = element('div', { class: 'search-panel', hidden: '' }, told, list, keys);
  const form = element('form', { role: 'search', 'aria-label': 'The policies' }, label, input, panel, spoken);

  let options = [], active = -1, state = 'none', waiting = 0, speaking = 0, expected = 1, latest = '';

  /** What an option is called: its number, and its heading or the nearest one above it. */
  function name(hit) {
    const { part, at } = hit;
    const block = part.kinds[at] === 'r' ? part.parents[at] : at;
    const made = element('span', { class: 'search-name' });
    if (part.numbers[block]) made.append(element('span', { class: 'number' }, part.numbers[block]), ' ');
    let titled = block;
    while (part.headings[titled] === part.texts[titled] && part.parents[titled] >= 0) titled = part.parents[titled];
    if (part.kinds[titled] !== 'p' || titled === block) made.append(...words(hit, part.headings[titled], part.texts[titled]));
    else if (!part.numbers[block]) made.append(element('span', {}, part.kinds[at] === 'r' ? 'Rule of the whole policy' : 'Clause'));
    return made;
  }

  /** Some of the words of a part, those that were asked for marked. */
  function words({ part, matched }, from, to) {
    const made = [];
    let text = '', wasWord = false;
    for (let at = from; at < to; at++) {
      const id = part.tokens[at], isWord = part.keys[id] !== '';
      if (isWord && wasWord) text += ' ';
      if (isWord && matched.has(id)) {
        if (text) made.push(text);
        made.push(element('mark', {}, part.shown[id]));
        text = '';
      } else text += part.shown[id];
      wasWord = isWord;
    }
    if (text) made.push(text);
    return made;
  }

  /** The words round the first place where most of what was asked for stands together. */
  function excerpt(hit) {
    const { part, at, matched } = hit;
    const start = part.texts[at], end = part.headings[at + 1];
    let best = start, most = -1;
    for (let token = start; token < end; token++) {
      if (!matched.has(part.tokens[token])) continue;
      const near = new Set();
      for (let next = token; next < Math.min(end, token + EXCERPT - BEFORE); next++) {
        if (matched.has(part.tokens[next])) near.add(part.stems[part.tokens[next]]);
      }
      if (near.size > most) [best, most] = [token, near.size];
    }
    const isAll = end - start <= EXCERPT + 8;
    const from = isAll || best - start <= BEFORE + 2 ? start : best - BEFORE;
    const to = isAll || end - from <= EXCERPT + 4 ? end : from + EXCERPT;
    const first = from > start && !part.keys[part.tokens[from]] ? from + 1 : from;
    const made = words(hit, first, to);
    if (first > start) made.unshift('… ');
    if (to < end) made.push(' …');
    return made;
  }

  function option(hit, policy) {
    const { part, at } = hit, kind = KINDS[part.kinds[at]];
    const path = part.paths[at];
    // A summary and a reader's page are pages of their own.
    const [page, id] = 'om'.includes(part.kinds[at]) ? [path, ''] : [policy.page, path];
    const spelled = (path) => path.split('/').map(encodeURIComponent).join('/');
    const href = root + spelled(page) + (id ? `#${spelled(id)}` : '');
    const title = element('span', { class: 'search-line' }, name(hit));
    if (kind) title.append(' ', element('span', { class: 'search-kind' }, kind));
    const made = element('a', { role: 'option', id: `search.option.${options.length}`, href, tabindex: '-1', 'aria-selected': 'false' }, title);
    const text = excerpt(hit);
    if (text.length) made.append(' ', element('span', { class: 'search-text' }, ...text));
    made.addEventListener('click', (event) => followed(event, href));
    options.push(made);
    return made;
  }

  /** On the page itself a link moves nothing but the view: the focus has to follow. */
  function followed(event, href) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    close();
    const [page, id] = href.split('#');
    if (page !== location.href.split(/[?#]/)[0]) return;
    const target = document.getElementById(decodeURIComponent(id || 'page.main'));
    if (!target) return;
    target.tabIndex = -1;
    target.addEventListener('blur', () => target.removeAttribute('tabindex'), { once: true });
    setTimeout(() => target.focus({ preventScroll: true }));
  }

  const many = (count, one, several) => `${count} ${count === 1 ? one : several}`;

  function say(text, aloud) {
    told.textContent = text;
    clearTimeout(speaking);
    // Told once the typing pauses, not at every letter.
    speaking = setTimeout(() => (spoken.textContent = aloud || text), 600);
  }

  function show() {
    const query = input.value;
    options = [];
    activate(-1);
    list.replaceChildren();
    if (!query.trim()) return close();
    panel.hidden = false;
    if (state === 'failed') {
      say('The search has lost its index: search-index.js cannot be read.');
    } else if (!parts.length) {
      say('Searching …');
    } else {
      const { hits, how, wrong, right } = find(query);
      const groups = grouped(hits);
      groups.forEach(({ policy, hits, all }, at) => {
        const id = `search.policy.${at}`;
        const title = element('span', {}, `${policy.title} – ${policy.organisation}`);
        const head = element('div', { id, class: 'search-policy', role: 'presentation' }, title);
        if (policy.withdrawn) head.append(' ', element('span', { class: 'search-kind' }, 'Withdrawn'));
        if (all > hits.length) head.append(' ', element('span', { class: 'search-more' }, `${hits.length} of ${all}`));
        list.append(element('div', { role: 'group', 'aria-labelledby': id }, head, ...hits.map((hit) => option(hit, policy))));
      });
      say(outcome(hits.length, groups, query.trim(), how, wrong, right));
    }
    list.hidden = !options.length;
    input.setAttribute('aria-expanded', String(options.length > 0));
    list.scrollTop = 0;
  }

  function outcome(all, groups, query, how, wrong, right) {
    if (!all) return `Nothing found for “${query}”.`;
    const shown = options.length < all ? `The best ${options.length} of ${many(all, 'result', 'results')}` : many(all, 'result', 'results');
    const policies = groups.filter(({ policy }) => !policy.readers).length;
    const places = [];
    if (policies) places.push(`in ${many(policies, 'policy', 'policies')}`);
    if (policies < groups.length) places.push('on readers’ pages');
    const count = `${shown} ${places.join(' and ')}`;
    if (how === 'instead') return `Nothing has “${wrong.join('”, “')}”. Did you mean “${right.join('”, “')}”? ${count}.`;
    if (how === 'some') return `Nothing has all of these words. ${count} with some of them.`;
    return `${count}.`;
  }

  function activate(at) {
    options[active]?.setAttribute('aria-selected', 'false');
    active = at;
    const chosen = options[active];
    if (!chosen) return input.removeAttribute('aria-activedescendant');
    chosen.setAttribute('aria-selected', 'true');
    input.setAttribute('aria-activedescendant', chosen.id);
    // The first has the name of its policy above it.
    if (active === 0) list.scrollTop = 0;
    else chosen.scrollIntoView({ block: 'nearest' });
  }

  function close() {
    panel.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    activate(-1);
    clearTimeout(speaking);
    spoken.textContent = '';
  }

  /** Adds a part of the index to the page. */
  function load(part) {
    const src = `${root}search-index${part ? `-${part + 1}` : ''}.js`;
    const made = element('script', { src });
    made.addEventListener('error', () => {
      state = 'failed';
      if (!panel.hidden) show();
    });
    document.head.append(made);
  }

  function start() {
    if (state !== 'none') return;
    state = 'loading';
    load(0);
  }

  /** What the parts of the index call. */
  window.clausalSearch = (data) => {
    parts.push(unpacked(data));
    expected = data.parts;
    if (data.part === 0) for (let part = 1; part < expected; part++) load(part);
    if (parts.length === expected) state = 'ready';
    later();
  };

  /** Shows what is found, once however many keys or parts arrive at the same moment. */
  function later() {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => {
      if (document.activeElement !== input || (input.value === latest && panel.hidden)) return;
      latest = input.value;
      show();
    });
  }

  input.addEventListener('focus', start);
  // A finger has no arrow keys to open the list again with.
  input.addEventListener('click', () => panel.hidden && show());
  input.addEventListener('input', () => {
    start();
    latest = null;
    later();
  });
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const last = options.length - 1;
    const go = (at) => {
      event.preventDefault();
      if (panel.hidden) show();
      activate(at);
    };
    switch (event.key) {
      case 'ArrowDown': return go(event.altKey || active >= last ? (event.altKey ? active : 0) : active + 1);
      case 'ArrowUp': return go(active <= 0 ? last : active - 1);
      case 'Home': return active >= 0 ? go(0) : undefined;
      case 'End': return active >= 0 ? go(last) : undefined;
      case 'Enter':
        event.preventDefault();
        if (panel.hidden) show();
        return (options[active] || options[0])?.click();
      case 'Escape':
        event.preventDefault();
        if (panel.hidden) input.value = '';
        return close();
    }
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) close();
  });
  document.addEventListener('pointerdown', (event) => {
    if (!form.contains(event.target)) close();
  });

  // A key without Ctrl can be pressed by accident, or by a voice: it can be switched off, and where that cannot be
  // remembered it is not on offer.
  const store = (() => {
    try {
      const kept = window.localStorage;
      kept.setItem(`${SETTING}-try`, '1');
      kept.removeItem(`${SETTING}-try`);
      return kept;
    } catch {
      return null;
    }
  })();
  if (store) {
    slash.checked = store.getItem(SETTING) !== 'off';
    const shortcuts = () => input.setAttribute('aria-keyshortcuts', slash.checked ? 'Control+K /' : 'Control+K');
    slash.addEventListener('change', () => {
      store.setItem(SETTING, slash.checked ? 'on' : 'off');
      shortcuts();
    });
    shortcuts();
    keys.append(' ', element('label', {}, slash, ' The / key leads here too'));
  }
  document.addEventListener('keydown', (event) => {
    if (event.isComposing || event.altKey || event.shiftKey && event.key !== '/') return;
    const isCtrlK = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
    const isWriting = event.target instanceof Element && event.target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]');
    const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && store && slash.checked && !isWriting;
    if (!isCtrlK && !isSlash) return;
    event.preventDefault();
    input.focus();
    input.select();
  });

  place.append(form);
})();

/*
 * The script of a preview's pages, put in by `clausal serve` and never by `clausal build`.
 *
 * It asks for news while its tab is to be seen: new pages are shown by loading this one again, where the reader was;
 * new findings by another panel. A tab that nobody sees asks for nothing.
 */
(() => {
  "use strict";

  const EVERY = 500; // milliseconds between two questions
  const LONGEST = 10000; // the same when nobody has answered for a while
  const PATIENCE = 5000; // how long an answer may take
  const KEPT = "clausal.preview:" + location.pathname;
  const STOPPED = "The preview has stopped. Start `clausal serve` again; this page waits for it.";
  const NEWER = "There are newer pages. They are shown when you leave this field.";

  const root = document.documentElement;
  const box = document.getElementById("clausal.preview");
  if (!box) return;
  const isOwn = document.body.classList.contains("clausal-preview-own");

  // What is shown, and of which preview: one that is started again counts anew.
  const pages = `${box.dataset.run}:${box.dataset.pages}`;
  let findings = `${box.dataset.run}:${box.dataset.findings}`;

  let wait = EVERY;
  let missed = 0;
  let timer = 0;
  let asking = false;
  let isNewer = false;
  let isLoading = false;

  /* ---- Asking ---- */

  async function ask() {
    clearTimeout(timer);
    if (asking || document.hidden) return;
    asking = true;
    try {
      const state = await (await get("/.clausal/state")).json();
      const wasSilent = missed > 1;
      missed = 0;
      wait = EVERY;
      await see(state, wasSilent);
    } catch {
      missed += 1;
      wait = Math.min(wait * 2, LONGEST);
      // A single question may get lost.
      if (missed === 2) notice(STOPPED);
    }
    asking = false;
    later();
  }

  function later() {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(ask, wait);
  }

  async function get(path) {
    const answer = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) throw new Error(path);
    return answer;
  }

  async function see(state, wasSilent) {
    // A preview that has just been started again may have no pages yet: the old ones stay as long.
    if (state.pages > 0 && `${state.run}:${state.pages}` !== pages) newer();
    // A page of the preview's own says what there is instead of pages: once they cannot be made it says something else.
    else if (isOwn && `${state.run}:${state.findings}` !== findings) newer();
    if (!isLoading && (wasSilent || `${state.run}:${state.findings}` !== findings)) await renewPanel();
  }

  /* ---- Pages ---- */

  // Whoever is typing here is not interrupted; an editor beside the browser is none of this window's fields.
  function isTyping() {
    const it = document.activeElement;
    const plain = ["button", "checkbox", "radio", "submit", "reset", "image", "range", "color", "file"];
    const isField = it && (it.isContentEditable || it.matches("textarea, select") || (it.matches("input") && !plain.includes(it.type)));
    return Boolean(isField) && document.hasFocus();
  }

  function newer() {
    if (!isTyping()) return load();
    if (isNewer) return;
    isNewer = true;
    notice(NEWER);
  }

  function load() {
    if (isLoading) return;
    isLoading = true;
    if (!isOwn) keep();
    history.scrollRestoration = "manual";
    location.reload();
  }

  addEventListener("focusout", () => setTimeout(() => isNewer && !isTyping() && load()));
  addEventListener("blur", () => isNewer && load());

  /* ---- Where the reader was ---- */

  const scroller = () => (root.classList.contains("clausal-preview-docked") ? document.body : document.scrollingElement || root);
  const fields = () => [...document.querySelectorAll("input, textarea, select")].filter((it) => it.type !== "password");

  function keep() {
    // The first thing with a name that is to be seen stays where it is on the screen, whatever grows above it.
    const marks = [...document.querySelectorAll("main [id]")];
    const mark = marks.find((it) => it.getClientRects().length > 0 && it.getBoundingClientRect().top >= 0);
    const focused = document.activeElement;
    const kept = {
      y: scroller().scrollTop,
      mark: mark && { id: mark.id, top: mark.getBoundingClientRect().top },
      focus: focused && focused !== document.body ? address(focused) : null,
      fields: fields().map((it) => (it.type === "checkbox" || it.type === "radio" ? it.checked : it.value)),
      folded: [...box.querySelectorAll("details")].map((it) => [it.dataset.list, it.open]),
    };
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(kept));
    } catch {
      // Where nothing may be kept, the page begins at its top.
    }
  }

  function restore() {
    if (isOwn) return;
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEPT));
      sessionStorage.removeItem(KEPT);
    } catch {
      return;
    }
    if (!kept) return;
    const now = fields();
    if (now.length === kept.fields.length) {
      now.forEach((it, at) => {
        const was = kept.fields[at];
        if (typeof was === "boolean" ? it.checked === was : it.value === was) return;
        if (typeof was === "boolean") it.checked = was;
        else it.value = was;
        it.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
    for (const [name, open] of kept.folded) {
      const list = box.querySelector(`details[data-list="${name}"]`);
      if (list) list.open = open;
    }
    const focused = kept.focus && at(kept.focus);
    if (focused) focused.focus({ preventScroll: true });
    const back = () => {
      const mark = kept.mark && document.getElementById(kept.mark.id);
      if (!mark || !kept.y) scroller().scrollTop = kept.y;
      else scroller().scrollTop += mark.getBoundingClientRect().top - kept.mark.top;
    };
    dock();
    back();
    if (panel().dataset.kind === "errors") setTimeout(() => speak(told(panel())), 500);
    // The browser would go to the address's fragment once more.
    addEventListener("load", () => {
      back();
      history.scrollRestoration = "auto";
    });
  }

  // The way to an element: by its name, or by counting down from the page.
  function address(it) {
    if (it.id) return { id: it.id };
    const path = [];
    for (let here = it; here.parentElement; here = here.parentElement) {
      path.unshift([...here.parentElement.children].indexOf(here));
    }
    return { path, tag: it.tagName };
  }

  function at(address) {
    if (address.id) return document.getElementById(address.id);
    const it = address.path.reduce((here, child) => here && here.children[child], root);
    return it && it.tagName === address.tag ? it : null;
  }

  /* ---- The panel ---- */

  const panel = () => document.getElementById("clausal.preview-panel");

  async function renewPanel() {
    const holder = document.createElement("template");
    holder.innerHTML = await (await get("/.clausal/panel")).text();
    const fresh = holder.content.getElementById("clausal.preview");
    const section = holder.content.getElementById("clausal.preview-panel");
    const old = panel();
    for (const list of section.querySelectorAll("details")) {
      const was = old.querySelector(`details[data-list="${list.dataset.list}"]`);
      if (was) list.open = was.open;
    }
    findings = `${fresh.dataset.run}:${fresh.dataset.findings}`;
    const hadFocus = old.contains(document.activeElement);
    const words = told(section);
    const isNews = words !== told(old);
    old.replaceWith(section);
    if (hadFocus) (section.hidden ? document.body : section).focus({ preventScroll: true });
    if (isNews) speak(words);
    if (isNewer) notice(NEWER);
    dock();
  }

  // The panel in a breath: "1 error, 2 warnings. Until …".
  function told(section) {
    const counts = [...section.querySelectorAll("summary")].map((it) => it.textContent).join(", ");
    return (counts && `${counts}. `) + section.querySelector("h2").textContent;
  }

  function notice(words) {
    const section = panel();
    const parts = words.split("`").map((part, at) => (at % 2 ? code(part) : part));
    if (section.hidden) {
      section.dataset.kind = "notice";
      section.hidden = false;
    }
    let line = section.querySelector(".clausal-preview-notice");
    if (section.dataset.kind === "notice") {
      // There is nothing else to tell.
      line = section.querySelector("h2");
    } else if (!line) {
      line = document.createElement("p");
      line.className = "clausal-preview-notice";
      section.prepend(line);
    }
    line.replaceChildren(...parts);
    speak(words.replaceAll("`", ""));
    dock();
  }

  function code(text) {
    const it = document.createElement("code");
    it.textContent = text;
    return it;
  }

  function speak(words) {
    document.getElementById("clausal.preview-spoken").textContent = words;
  }

  // The panel gets the foot of the window and the page the rest, so that it covers nothing.
  function dock() {
    const section = panel();
    const isDocked = !section.hidden && !isOwn;
    const was = scroller();
    const y = was.scrollTop;
    root.classList.toggle("clausal-preview-docked", isDocked);
    root.style.setProperty("--clausal-preview-height", `${isDocked ? section.offsetHeight : 0}px`);
    if (scroller() !== was) scroller().scrollTop = y;
    sizes.disconnect();
    sizes.observe(section);
  }

  const sizes = new ResizeObserver(() => {
    const section = panel();
    root.style.setProperty("--clausal-preview-height", `${section.hidden || isOwn ? 0 : section.offsetHeight}px`);
  });

  // Keys that scroll go to the window, which does not scroll while the panel is there.
  addEventListener("keydown", (event) => {
    const isFree = event.target === document.body || event.target === root;
    if (!isFree || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (scroller() !== document.body) return;
    const page = document.body.clientHeight * 0.875;
    const far = document.body.scrollHeight;
    const ways = { ArrowDown: 40, ArrowUp: -40, PageDown: page, PageUp: -page, End: far, Home: -far, " ": event.shiftKey ? -page : page };
    if (!(event.key in ways)) return;
    event.preventDefault();
    document.body.scrollBy(0, ways[event.key]);
  });

  dock();
  restore();
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    wait = EVERY;
    if (!document.hidden) ask();
  });
  // A page that the browser has kept aside may be old.
  addEventListener("pageshow", (event) => event.persisted && ask());
  addEventListener("online", ask);
  later();
})();

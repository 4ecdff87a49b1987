// Around Streamlit's program: says in the reader's language that the console does not answer, leads
// who is signed out to the sign-in, asks before what is typed goes with the tab, and says what
// Streamlit itself says in English only.
const { lost, refused, menu: menuName, words: said } = document.currentScript.dataset;
// Of all addresses of the console on its host: the path under which it is reached.
const base = new URL(document.currentScript.src).pathname.slice(0, -"/page.js".length);
const words = new Map(Object.entries(JSON.parse(said)));
const root = document.documentElement;
const banner = document.getElementById("console-lost");
const find = (testId) => document.querySelector(`[data-testid="${testId}"]`);
const PATIENCE = 4000;

// Else Streamlit's program looks for its server below the address of each screen first, in vain.
window.__streamlit = { BACKEND_BASE_URL: `${location.origin}${base}/` };

// Firefox and Safari may show a page again as it was, after a sign-out, too.
addEventListener("pageshow", (event) => event.persisted && location.reload());

// A tab that asked too much is closed, with the reason. Streamlit's program would come back at once:
// it asks whether its server is there, and hears nothing for a while.
const PAUSE = 10_000;
const reasons = JSON.parse(refused);
const ask = window.fetch;
let refusal, pausedUntil = 0;

window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener("close", ({ code, reason }) => {
      if (code !== 1008 || !reasons[reason]) return;
      refusal = reasons[reason];
      pausedUntil = Date.now() + PAUSE;
    });
  }
};

window.fetch = async (...given) => {
  const rest = `${given[0]}`.includes("/_stcore/") ? pausedUntil - Date.now() : 0;
  if (rest > 0) await new Promise((goOn) => setTimeout(goOn, rest));
  return ask(...given);
};

// Parts of Streamlit's program that were asked for in vain are never asked for again.
addEventListener("vite:preloadError", () => (root.dataset.incomplete = ""));

let silentSince = Date.now(), wasConnected = false;

async function look() {
  const state = document.querySelector("[data-test-connection-state]")?.dataset;
  if (state?.testConnectionState === "CONNECTED") {
    if ("incomplete" in root.dataset) return location.reload();
    silentSince = undefined;
    wasConnected = true;
    // Streamlit's program takes a moment to note that it was closed.
    if (Date.now() < pausedUntil) return;
    refusal = undefined;
    return tell("");
  }
  silentSince ??= Date.now();
  const isLong = refusal || Date.now() - silentSince >= PATIENCE;
  // At once: without a connection Streamlit lets nobody type, and what they go on typing is lost.
  if (isLong) tell(refusal ?? lost);
  if (wasConnected || isLong) await leadToTheDoor();
}

function tell(words) {
  banner.hidden = !words;
  // Said again only when it differs, since screen readers read it aloud.
  if (banner.textContent !== words) banner.textContent = words;
}

let hasAsked = false;

async function leadToTheDoor() {
  try {
    const answer = await fetch(`${base}/_stcore/host-config`, {
      headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE),
    });
    // The database has outgrown the program: the page says so.
    if (answer.headers.has("X-Outgrown")) location.reload();
    if (answer.status !== 401 || (hasAsked && isTyped())) return;
    hasAsked = true;
    const place = location.pathname.slice(base.length) + location.search;
    location.assign(`${base}/signin?${new URLSearchParams({ ended: 1, next: place })}`);
  } catch {
    // It is still away.
  }
}

const watch = () => look().finally(() => setTimeout(watch, 500));
watch();

function end(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

// When a field is left, Streamlit sends what was typed in the next turn of the browser's events; for
// another screen it asks at once. So what was typed came later, and led back to its own screen.
const SCREEN_LINK = '[data-testid="stPageLink"] a';

addEventListener("click", (event) => {
  const link = event.target.closest?.(SCREEN_LINK);
  if (!link || !event.isTrusted) return;
  end(event);
  // The field takes note that it was left in one turn, and sends in the next.
  setTimeout(() => setTimeout(() => link.click()));
}, true);

// The menu is a landmark, in which the open screen is marked. On a phone it is a drawer over the
// screen: it closes after a choice and by Escape, and whoever uses the keyboard stays in it meanwhile.
const NARROW = matchMedia("(max-width: 767px)");
let wasDrawerOpen = false;

const isDrawerOpen = () =>
  NARROW.matches && find("stSidebar")?.dataset.collapsed === "false";
const closeDrawer = () => find("stSidebarCollapseButton")?.querySelector("button")?.click();

function lookAtMenu() {
  const menu = document.querySelector(".st-key-menu-entries");
  if (menu) {
    menu.setAttribute("role", "navigation");
    menu.setAttribute("aria-label", menuName);
  }
  for (const link of document.querySelectorAll(SCREEN_LINK)) {
    if (link.closest('[class*="st-key-menu-current"]')) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    // Streamlit gives the address of the first screen against that of the open one.
    const address = link.getAttribute("href");
    if (!/^(\/|[a-z]+:)/.test(address)) link.setAttribute("href", `${base}/${address}`);
  }
  // What is scrolled aside by touch, by keys as well.
  for (const table of document.querySelectorAll('[data-testid="stTable"] > div')) table.tabIndex = 0;
  find("stExpandSidebarButton")?.setAttribute("aria-label", menuName);
  const isOpen = isDrawerOpen();
  if (isOpen === wasDrawerOpen) return;
  wasDrawerOpen = isOpen;
  const main = find("stMain");
  if (main) main.inert = isOpen;
  if (isOpen) document.querySelector(":is(.st-key-menu-entries, .st-key-menu-foot) a")?.focus();
  else if (NARROW.matches) find("stExpandSidebarButton")?.focus();
}

NARROW.addEventListener("change", lookAtMenu);
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isDrawerOpen() && !find("stPopoverBody")) closeDrawer();
});
addEventListener("click", ({ target }) => {
  const isChoice = target.closest?.(
    '[data-testid="stSidebar"] a[href], .st-key-event_choice-others button',
  );
  if (isChoice && isDrawerOpen()) closeDrawer();
});

// A field whose part of Streamlit's program is still on its way forgets what it is filled with when
// the screen is drawn anew before: so a press waits until all fields are there.
const known = (button) => `${button.closest('[class*="st-key-"]')?.className} ${button.innerText}`;

addEventListener("click", (event) => {
  const button = event.target.closest?.("button");
  if (!button || !event.isTrusted || !find("stSkeleton")) return;
  end(event);
  const what = known(button), until = Date.now() + 10_000;
  const waiting = setInterval(() => {
    if (find("stSkeleton") && Date.now() < until) return;
    clearInterval(waiting);
    // It may have been drawn anew meanwhile.
    const anew = () => [...document.querySelectorAll("button")].find((one) => known(one) === what);
    (button.isConnected ? button : anew())?.click();
  }, 50);
}, true);

// What a main button does goes on elsewhere: the second click of a double click would ask for a window
// that is gone, and Streamlit would then draw nothing of the screen that comes.
addEventListener("click", (event) => {
  if (event.detail > 1 && event.target.closest?.('[data-testid^="stBaseButton-primary"]')) end(event);
}, true);

// A file may be dropped anywhere on a screen that takes one: its upload gets it, with all its limits.
const UPLOAD = '[data-testid="stFileUploaderDropzone"]';

function takesDrop(event) {
  if (!event.dataTransfer?.types.includes("Files") || event.target.closest?.(UPLOAD)) return null;
  // That of a window, if one is open.
  return [...document.querySelectorAll(`[class*="takes-drops"] ${UPLOAD}`)].at(-1);
}

addEventListener("dragover", (event) => {
  if (!takesDrop(event)) return;
  event.preventDefault();
  root.dataset.dropping = "";
});
addEventListener("dragleave", (event) => event.relatedTarget ?? delete root.dataset.dropping);
addEventListener("drop", (event) => {
  delete root.dataset.dropping;
  if (takesDrop(event)?.dispatchEvent(new DragEvent("drop", event)) === false) event.preventDefault();
});

// What is typed is stored when its field is left, or when its form is sent: until then it goes with
// the tab, and the browser asks first.
const WRITTEN =
  'textarea,input:is([type="text"],[type="email"],[type="url"],[type="number"],[type="password"])';
const FORM = '[data-testid="stForm"]';
const typed = new Set();

const isTyped = () => [...typed].some((field) => field.isConnected && field.value);
const isSent = (form) => typed.forEach((field) => form?.contains(field) && typed.delete(field));

addEventListener("input", ({ target }) => {
  if (target.matches?.(WRITTEN) && target.role !== "combobox") typed.add(target);
}, true);
addEventListener("focusout", ({ target }) => target.closest?.(FORM) || typed.delete(target), true);
addEventListener("click", ({ target }) => isSent(target.closest?.("button")?.closest(FORM)), true);
addEventListener("keydown", ({ key, target }) => {
  if (key !== "Enter" || target.tagName === "TEXTAREA") return;
  typed.delete(target);
  isSent(target.closest?.(FORM));
}, true);
addEventListener("beforeunload", (event) => isTyped() && event.preventDefault());

// What our screens, people and lists say is left alone.
const OURS =
  '[data-testid="stMarkdownContainer"],[data-testid="stHtml"],[data-testid="stCode"] pre,' +
  'table,[role="option"],textarea,input';
const SPOKEN = ["aria-label", "title", "placeholder"];
// Of “Help for {label}”: what stands before the label and behind it.
const phrases = [...words].filter(([phrase]) => phrase.includes("{label}"))
  .map(([phrase, inOurs]) => [...phrase.split("{label}"), inOurs]);

function spoken(text) {
  for (const [before, behind, inOurs] of phrases) {
    const label = text.slice(before.length, text.length - behind.length);
    if (label && text === before + label + behind) return inOurs.replace("{label}", () => label);
  }
  return words.get(text);
}

function sayInText(text) {
  const word = words.get(text.nodeValue.trim());
  if (word && !text.parentElement?.closest(OURS)) text.nodeValue = word;
}

function sayInAttributes(element) {
  for (const name of SPOKEN) {
    const word = spoken(element.getAttribute(name) ?? "");
    if (word) element.setAttribute(name, word);
  }
}

function sayIn(node) {
  const within = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let found = node; found; found = within.nextNode()) {
    if (found.nodeType === Node.TEXT_NODE) sayInText(found);
    else if (found.nodeType === Node.ELEMENT_NODE) sayInAttributes(found);
  }
}

if (words.size) {
  // Streamlit's program may have begun before.
  sayIn(root);
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      (type === "childList" ? addedNodes : [target]).forEach(sayIn);
    }
  }).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: SPOKEN,
  });
}

// What was done is read aloud where it is told: a screen reader reads what appears in a status.
function readAloud() {
  for (const told of document.querySelectorAll('[class*="st-key-session-told"]')) {
    const words = told.firstElementChild;
    if (!words || told.dataset.said === told.className || told.querySelector('[role="alert"]')) continue;
    told.dataset.said = told.className;
    told.setAttribute("role", "status");
    words.style.display = "none";
    setTimeout(() => { words.style.display = ""; }, 100);
  }
}

new MutationObserver(() => {
  lookAtMenu();
  readAloud();
}).observe(document, {
  subtree: true, childList: true, attributes: true, attributeFilter: ["class", "data-collapsed", "href"],
});

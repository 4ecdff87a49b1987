// The volunteer's page with JavaScript: the certificate is drawn while one types, and the page
// follows what happens to it. Every text and every state comes from the server's own page.

const PAUSE_WHILE_TYPING = 150;
const FIRST_LOOK = 700;
const LONGEST_PAUSE = 15000;

const token = new URLSearchParams(location.search).get("token") ?? "";
const language = document.documentElement.lang;
let drawing = null;
let looking = null;
// What submitting brought is said until the next letter, whatever pictures arrive meanwhile.
let answered = false;

function main() {
  return document.querySelector("main");
}

async function call(path, body, signal) {
  return fetch(path, {
    method: "POST",
    signal,
    headers: { "Content-Type": "application/json", "Accept-Language": language },
    body: JSON.stringify(body),
  });
}

// No connection, or an answer from something between here and the server.
function isOfTheWay(failure) {
  return failure instanceof TypeError || failure instanceof SyntaxError;
}

// The live picture

function pictureWidth(picture) {
  const wanted = Math.round(picture.clientWidth * Math.min(devicePixelRatio, 2));
  return Math.min(Math.max(wanted, 200), 1600);
}

function say(problem) {
  const field = document.querySelector("#name");
  // The page may have moved on to one without a form.
  if (!field) return;
  document.querySelector("#name-message").textContent = problem;
  if (problem) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

async function draw(name) {
  drawing?.abort();
  drawing = new AbortController();
  const { signal } = drawing;
  const picture = document.querySelector("#certificate img");
  picture.parentElement.setAttribute("aria-busy", "true");
  const typed = name.trim();
  try {
    const shown = typed || main().dataset.example;
    const answer = await call("api/preview", { token, name: shown, width: pictureWidth(picture) }, signal);
    if (answer.headers.get("Content-Type") === "image/jpeg") {
      await show(picture, await answer.blob(), typed, signal);
      if (!answered) say("");
    } else {
      refuse(picture, (await answer.json()).message);
    }
  } catch (failure) {
    if (failure.name === "AbortError") return;
    if (!isOfTheWay(failure)) throw failure;
    refuse(picture, main().dataset.offline);
  }
  picture.parentElement.removeAttribute("aria-busy");
}

// The picture stays, so that nothing jumps, but it must not pass for what was typed.
function refuse(picture, problem) {
  picture.classList.add("outdated");
  picture.alt = picture.dataset.altWithout;
  if (!answered) say(problem);
}

async function show(picture, content, name, signal) {
  const address = URL.createObjectURL(content);
  const old = picture.src;
  const next = new Image();
  next.src = address;
  // The old picture stays until the new one is ready, so that nothing flickers.
  await next.decode();
  signal.throwIfAborted();
  picture.src = address;
  picture.classList.remove("waiting", "outdated");
  picture.classList.toggle("example", !name);
  picture.alt = name ? picture.dataset.alt.replace("{name}", () => name) : picture.dataset.altWithout;
  if (old.startsWith("blob:")) URL.revokeObjectURL(old);
}

function drawWhileTyping(field) {
  let pause = null;
  field.addEventListener("input", () => {
    answered = false;
    keepTyped(field);
    clearTimeout(pause);
    pause = setTimeout(() => draw(field.value), PAUSE_WHILE_TYPING);
  });
}

// What is typed, kept for when the page is loaded anew: the language switch does that

// Where a browser forbids the storage or has it full, the page works without.
function inStorage(action) {
  try {
    return action(sessionStorage, main().dataset.keptAs);
  } catch (failure) {
    if (!(failure instanceof DOMException)) throw failure;
    return null;
  }
}

function keepTyped(field) {
  inStorage((storage, key) => storage.setItem(key, field.value));
}

function forgetTyped() {
  inStorage((storage, key) => storage.removeItem(key));
}

// Returns whether anything was there that the page does not say by itself.
function putBackTyped(field) {
  const typed = inStorage((storage, key) => storage.getItem(key)) ?? field.value;
  if (typed === field.value) return false;
  field.value = typed;
  return true;
}

// Correcting a name that was submitted

function followCorrection(details, field) {
  details.addEventListener("toggle", () => {
    const changed = field.value !== field.defaultValue;
    if (details.open) {
      reveal(details, field);
      if (changed) keepTyped(field);
    } else {
      forgetTyped();
    }
    // Beside a closed form stands the certificate that was made.
    if (changed) draw(details.open ? field.value : field.defaultValue);
  });
}

// On a phone the form opens below the screen.
function reveal(details, field) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  details.scrollIntoView({ block: "nearest", behavior: still ? "instant" : "smooth" });
  field.focus({ preventScroll: true });
  field.setSelectionRange(field.value.length, field.value.length);
}

// Submitting, and following what happens

async function submit(event) {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector("button[type=submit]");
  if (button.hasAttribute("aria-disabled")) return;
  const words = button.textContent;
  button.setAttribute("aria-disabled", "true");
  button.textContent = button.dataset.busy;
  const problem = await send(new URLSearchParams(new FormData(form)));
  if (!problem) return;
  answered = true;
  say(problem);
  button.removeAttribute("aria-disabled");
  button.textContent = words;
}

// Returns what went wrong, or nothing when the page shows the outcome.
async function send(fields) {
  try {
    const answer = await fetch(location.href, { method: "POST", body: fields });
    if (!answer.headers.get("Content-Type")?.startsWith("text/html")) {
      return (await answer.json()).message;
    }
    takeOver(await answer.text());
    const problem = document.querySelector("#name-message")?.textContent;
    document.querySelector(problem ? "#name" : "h1").focus({ preventScroll: true });
    scrollTo({ top: 0 });
    return "";
  } catch (failure) {
    if (!isOfTheWay(failure)) throw failure;
    return main().dataset.offline;
  }
}

function takeOver(html) {
  const next = new DOMParser().parseFromString(html, "text/html");
  for (const part of next.querySelectorAll("noscript")) part.remove();
  const fresh = next.querySelector("main");
  // Something between here and the server answered with a page of its own.
  if (!fresh) throw new SyntaxError("not a page of the server");
  forgetTyped();
  document.title = next.title;
  keepPicture(next);
  main().replaceWith(fresh);
  begin();
}

// The picture on the screen stays until the next one, if there is one, has arrived.
function keepPicture(next) {
  const shown = document.querySelector("#certificate img");
  const coming = next.querySelector("#certificate img");
  if (!shown || !coming || shown.classList.contains("waiting")) return;
  coming.replaceWith(shown);
  if (coming.classList.contains("waiting")) return;
  const fresh = document.importNode(coming);
  fresh.addEventListener("load", () => shown.replaceWith(fresh));
}

async function look(pause) {
  try {
    const { data } = await (await fetch(`api/getUserInfo?${new URLSearchParams({ token })}`)).json();
    const { state, status } = main().dataset;
    const moved = data && (data.delivery !== state || String(data.status) !== status);
    // Somebody who is correcting their name is not interrupted.
    if (moved && !document.querySelector("details[open]")) await showNews();
  } catch (failure) {
    if (!isOfTheWay(failure)) throw failure;
  }
  follow(Math.min(pause * 1.4, LONGEST_PAUSE));
}

async function showNews() {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const focused = main().contains(document.activeElement);
  takeOver(await answer.text());
  const heading = document.querySelector("h1");
  document.querySelector("#news").textContent = heading.textContent;
  if (focused) heading.focus({ preventScroll: true });
}

function follow(pause) {
  clearTimeout(looking);
  if (main().dataset.state === "on_its_way") looking = setTimeout(() => look(pause), pause);
}

function beginForm(form) {
  const field = form.querySelector("#name");
  const details = form.closest("details");
  form.addEventListener("submit", submit);
  drawWhileTyping(field);
  if (details) followCorrection(details, field);
  answered = field.hasAttribute("aria-invalid");
  if (answered) keepTyped(field);
  const changed = putBackTyped(field);
  if (details) details.open = changed;
  else if (changed || main().dataset.state === "form") draw(field.value);
}

function begin() {
  const form = document.querySelector(".name-form");
  if (form) beginForm(form);
  follow(FIRST_LOOK);
}

begin();

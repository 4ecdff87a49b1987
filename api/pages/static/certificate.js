// The volunteer's page with JavaScript: the certificate is drawn while one types, and the page
// follows what happens to it. Every text and every state comes from the server's own page.
// It runs on iOS 14 and Chrome 80, which WeChat brings: nothing younger stands here.

import { NoAnswer, envelopeOf, reach } from "./reach.js";
import { offerKeeping } from "./share.js";

const PAUSE_WHILE_TYPING = 150;
const PAUSE_WHILE_COMPOSING = 2000;
const FIRST_LOOK = 700;
const LONGEST_PAUSE = 15000;

const token = new URLSearchParams(location.search).get("token") ?? "";
const language = document.documentElement.lang;
let drawing = null;
let looking = null;
// What submitting brought is said until the next letter, whatever pictures arrive meanwhile.
let answered = false;
// Whether the server was out of reach; then the page goes on by itself.
let isCutOff = false;
let returning = null;

function main() {
  return document.querySelector("main");
}

function ask(path, body, signal) {
  const headers = { "Content-Type": "application/json", "Accept-Language": language };
  return reach(path, { method: "POST", headers, body: JSON.stringify(body) }, signal);
}

// What to say of a question that had no answer; our own mistakes are thrown on.
function unanswered(failure) {
  if (!(failure instanceof NoAnswer)) throw failure;
  isCutOff = true;
  clearTimeout(returning);
  returning = setTimeout(goOn, LONGEST_PAUSE);
  return failure.isLate ? main().dataset.late : main().dataset.offline;
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
  try {
    await drawn(picture, name.trim(), signal);
  } catch (failure) {
    if (!signal.aborted) refuse(picture, unanswered(failure));
  } finally {
    if (!signal.aborted) picture.parentElement.removeAttribute("aria-busy");
  }
}

async function drawn(picture, name, signal) {
  const shown = name || main().dataset.example;
  const reply = await ask("api/preview", { token, name: shown, width: pictureWidth(picture) }, signal);
  const typed = document.querySelector("#name")?.value.trim();
  if (name && name === typed) offer(reply.offered);
  if (reply.type === "image/jpeg") {
    await show(picture, reply.content, name, signal);
    if (!answered && !signal.aborted) say("");
  } else {
    refuse(picture, envelopeOf(reply).message);
  }
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
  if (signal.aborted) return;
  picture.src = address;
  picture.classList.remove("waiting", "outdated");
  picture.classList.toggle("example", !name);
  picture.alt = name ? picture.dataset.alt.replace("{name}", () => name) : picture.dataset.altWithout;
  if (old.startsWith("blob:")) URL.revokeObjectURL(old);
}

function drawWhileTyping(field) {
  let pause = null;
  function drawAfter(milliseconds) {
    clearTimeout(pause);
    // Once the name was sent, the page shows what came of it.
    pause = setTimeout(() => field.isConnected && draw(field.value), milliseconds);
  }
  function typed() {
    answered = false;
    keepTyped(field);
    offer("");
    drawAfter(PAUSE_WHILE_TYPING);
  }
  field.addEventListener("input", (event) => {
    if (!event.isComposing) typed();
    // Keyboards of phones compose every word of Latin letters until the next blank.
    else if (!language.startsWith("zh")) drawAfter(PAUSE_WHILE_COMPOSING);
    else clearTimeout(pause);
  });
  // Browsers differ in whether a last input follows.
  field.addEventListener("compositionend", typed);
}

// The name as people would write it, as the server says beside each picture (tidied_names.py)
function offer(name) {
  const field = document.querySelector("#name");
  if (!field) return;
  const button = field.form.querySelector(".offer button");
  const { words, wordsVisible } = button.dataset;
  const sentence = /\u00AD|\u200B/.test(field.value) ? wordsVisible : words;
  button.hidden = !name;
  button.textContent = name ? sentence.replace("{name}", () => name) : "";
  button.onclick = () => {
    field.value = name;
    field.focus();
    field.dispatchEvent(new Event("input"));
  };
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
  function turned() {
    const changed = field.value !== field.dataset.made;
    main().classList.toggle("correcting", details.open);
    if (details.open) {
      reveal(details, field);
      if (changed) keepTyped(field);
    } else {
      forgetTyped();
    }
    // Beside a closed form stands the certificate that was made.
    if (changed) draw(details.open ? field.value : field.dataset.made);
  }
  details.addEventListener("toggle", turned);
  if (details.open) turned();
}

// On a phone the form opens below the screen.
function reveal(details, field) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  details.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
  // Who is in it already types where they chose to.
  if (document.activeElement === field) return;
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
  const problem = await send(form);
  if (!problem) return;
  answered = true;
  say(problem);
  button.removeAttribute("aria-disabled");
  button.textContent = words;
}

// Returns what went wrong, or nothing when the page shows the outcome.
async function send(form) {
  try {
    const fields = new URLSearchParams(new FormData(form));
    const reply = await reach(location.href, { method: "POST", body: fields });
    if (!reply.type.startsWith("text/html")) return envelopeOf(reply).message;
    takeOver(reply.content);
    const problem = document.querySelector("#name-message")?.textContent;
    document.querySelector(problem ? "#name" : "h1").focus({ preventScroll: true });
    scrollTo({ top: 0 });
    return "";
  } catch (failure) {
    // The form works without this script, so it does where the script is wrong.
    if (!(failure instanceof NoAnswer)) form.submit();
    return unanswered(failure);
  }
}

function takeOver(html) {
  const next = new DOMParser().parseFromString(html, "text/html");
  for (const part of next.querySelectorAll("noscript")) part.remove();
  const fresh = next.querySelector("main");
  // Something between here and the server answered with a page of its own.
  if (!fresh) throw new NoAnswer(false);
  forgetTyped();
  drawing?.abort();
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
  const before = shown.src;
  fresh.addEventListener("load", () => {
    // Unless a name was typed meanwhile, which is drawn into the one that is shown.
    const isKept = shown.isConnected && shown.src === before;
    if (isKept && !shown.parentElement.hasAttribute("aria-busy")) shown.replaceWith(fresh);
  });
}

async function look(pause) {
  try {
    const { data } = envelopeOf(await reach(`api/getUserInfo?${new URLSearchParams({ token })}`));
    // Somebody who is correcting their name, or thanks back, is not interrupted.
    if (data && isNews(data) && !document.querySelector("details[open] form")) await showNews();
  } catch (failure) {
    unanswered(failure);
  }
  follow(Math.min(pause * 1.4, LONGEST_PAUSE));
}

function isNews({ delivery, status, delayed }) {
  const { dataset } = main();
  const shown = [dataset.state, dataset.status, dataset.delayed];
  return [delivery, status, delayed].join() !== shown.join();
}

async function showNews() {
  const reply = await reach(location.href);
  if (!reply.ok) return;
  const focused = main().contains(document.activeElement);
  takeOver(reply.content);
  const heading = document.querySelector("h1");
  document.querySelector("#news").textContent = document.querySelector(".news")?.textContent ?? heading.textContent;
  if (focused) heading.focus({ preventScroll: true });
}

function follow(pause) {
  clearTimeout(looking);
  if (main().dataset.state === "on_its_way") looking = setTimeout(() => look(pause), pause);
}

// After an outage: what is shown belongs to what was typed again, and what happens is followed.
function goOn() {
  if (!isCutOff) return;
  isCutOff = false;
  answered = false;
  const field = document.querySelector("#name");
  const details = field?.closest("details");
  if (field && (!details || details.open)) draw(field.value);
  follow(FIRST_LOOK);
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
  if (details) details.open = changed || details.open;
  else if (changed || main().dataset.state === "form") draw(field.value);
}

function begin() {
  for (const part of document.querySelectorAll(".scripted")) part.hidden = false;
  const form = document.querySelector(".name-form");
  if (form) beginForm(form);
  offerKeeping();
  follow(FIRST_LOOK);
}

window.addEventListener("online", goOn);
begin();

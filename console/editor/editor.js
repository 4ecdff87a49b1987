// The certificate's sheet. Each field is a transparent picture that the renderer has drawn, under a
// frame that is moved by hand and by keyboard; at the chosen one stands a bar with what everybody
// changes, and beside the sheet a list of all fields, or a panel with the rest of the chosen one's
// settings. What there is to set comes as data. Geometry is kept in fractions of the sheet, so the
// size on the screen never matters.

const SMALLEST = 0.02;
const NEAR = 6; // pixels within which what moves springs to a guide
const FIRM = 3; // pixels that a press may move without being a drag
const KEY_PAUSE = 350; // ms after the last arrow key until the placement is sent
const DRAFT_PAUSE = 250; // ms: what is being typed is drawn at most four times a second
const LARGER = 1.12; // what a press makes larger
const SIDES = ["left", "top", "width", "height"];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const editors = new WeakMap();

export default function (component) {
  const { parentElement, data, setStateValue, setTriggerValue } = component;
  let editor = editors.get(parentElement);
  if (!editor) {
    editor = new Editor(parentElement.querySelector(".editor"));
    editors.set(parentElement, editor);
  }
  // A newer draft takes the place of one that waits; a change never does.
  editor.sendDraft = (draft) => setStateValue("draft", draft);
  editor.sendChange = (change) => setTriggerValue("changed", change);
  editor.show(data);
  return () => {
    editor.close();
    editors.delete(parentElement);
  };
}

class Editor {
  constructor(root) {
    this.root = root;
    for (const name of ["stage", "sheet", "pictures", "boxes", "guides", "bar", "side", "said", "help"]) {
      this[name] = root.querySelector(`.${name}`);
    }
    this.fields = new Map();
    this.selected = null;
    this.panel = false; // whether the side shows the chosen field's panel
    this.typing = false; // whether the bar shows the chosen field's text
    this.controls = []; // those that are shown, to be told of new values
    this.awaited = null; // the revision that was shown when a change was sent
    this.drag = null;
    this.keys = 0;
    this.draft = { timer: 0, sent: 0, next: null };
    this.stop = new AbortController();
    const on = (target, name, handler) =>
      target.addEventListener(name, handler.bind(this), { signal: this.stop.signal });
    on(this.sheet, "pointerdown", this.grab);
    on(this.sheet, "pointermove", this.pull);
    on(this.sheet, "pointerup", this.letGo);
    on(this.sheet, "pointercancel", this.giveUp);
    on(this.sheet, "dblclick", this.enter);
    on(this.boxes, "focusin", (event) => this.choose(event.target.dataset.id));
    on(root, "keydown", this.press);
    this.watcher = new ResizeObserver(() => this.placeBar());
    for (const part of [this.stage, this.bar]) this.watcher.observe(part);
  }

  show(data) {
    this.words = data.words;
    this.data = data;
    this.sheet.setAttribute("aria-label", data.words.title);
    this.root.style.setProperty("--ratio", data.ratio);
    this.help.textContent = matchMedia("(pointer: coarse)").matches ? data.words.touch : data.words.help;
    setSource(this.root.querySelector(".template"), data.template);
    // Nothing fights the hand that moves something; and before the answer to a change is there,
    // what comes is an echo.
    const isHeld = this.drag || this.keys || data.revision === this.awaited;
    if (!isHeld) this.awaited = null;
    const before = this.fields;
    this.fields = new Map(
      data.fields.map((field) => {
        const old = isHeld && before.get(field.id);
        return [field.id, old ? { ...field, box: old.box, rules: old.rules, settings: old.settings } : field];
      }),
    );
    if (data.select !== this.told) this.wanted = data.select;
    this.told = data.select;
    if (this.fields.get(this.wanted)?.shown) {
      this.selected = this.wanted;
      this.wanted = null;
    }
    if (!this.fields.get(this.selected)?.shown) this.choose(null);
    this.paint();
    this.dress();
  }

  // The sheet

  paint() {
    const shown = [...this.fields.values()].filter((field) => field.shown);
    const drawn = shown.flatMap((field) => [field, ...field.rules.filter((rule) => rule.shown)]);
    keep(this.pictures, drawn, () => Object.assign(document.createElement("img"), { alt: "", draggable: false }));
    keep(this.boxes, shown, () => {
      const box = element("div", { className: "box", role: "button" });
      box.append(element("span", { className: "label", dir: "auto" }));
      for (const corner of ["nw", "ne", "sw", "se"]) {
        const handle = element("i", { className: `handle ${corner}` });
        handle.dataset.corner = corner;
        box.append(handle);
      }
      return box;
    });
    for (const one of drawn) {
      const picture = part(this.pictures, one.id);
      picture.hidden = !one.picture;
      if (one.picture) setSource(picture, one.picture);
      settle(picture, one.box);
    }
    for (const field of shown) this.paintBox(field);
    // One stop for Tab: next is the bar of the chosen field, then the list of all.
    const stop = this.selected ?? shown[0]?.id;
    for (const box of this.boxes.children) box.tabIndex = box.dataset.id === stop ? 0 : -1;
    this.placeBar();
  }

  paintBox(field) {
    const box = part(this.boxes, field.id);
    settle(box, field.box);
    box.classList.toggle("selected", field.id === this.selected);
    box.classList.toggle("blank", !field.picture);
    box.classList.toggle("unfit", Boolean(field.problem));
    box.classList.toggle("at-top", field.box.top < 0.05);
    box.querySelector(".label").textContent = field.name;
    box.setAttribute("aria-label", `${field.name}: ${this.position(field.box)}`);
    box.setAttribute("aria-pressed", field.id === this.selected);
  }

  // Where a field is, with the rules that go with it.
  put(id, box) {
    const field = this.fields.get(id);
    const [across, down] = [
      box.left + box.width / 2 - field.box.left - field.box.width / 2,
      box.top + box.height / 2 - field.box.top - field.box.height / 2,
    ];
    const rules = field.rules.map((rule) => ({ ...rule, box: moved(rule.box, across, down) }));
    this.fields.set(id, { ...field, box, rules });
    this.paint();
  }

  position(box) {
    const percent = (value) => `${Math.round(value * 100)}%`;
    return SIDES.reduce((text, side) => text.replace(`{${side}}`, percent(box[side])), this.words.position);
  }

  // A field that is shown, or none.
  choose(id) {
    if (id === this.selected) return;
    this.endTyping();
    this.selected = id;
    if (!id) this.panel = false;
    this.paint();
    this.dress();
    // On a phone it stands under the sheet, where the foot may cover it.
    if (id && getComputedStyle(this.bar).position === "static") this.bar.scrollIntoView({ block: "nearest" });
  }

  focusChosen() {
    part(this.boxes, this.selected)?.focus();
  }

  // By pointer

  grab(event) {
    const box = event.target.closest(".box");
    if (!box) return this.choose(null);
    const { id } = box.dataset;
    // A finger on what is not chosen scrolls the page, or chooses.
    if (event.pointerType !== "mouse" && id !== this.selected) return;
    if (event.button) return;
    event.preventDefault();
    box.focus({ preventScroll: true });
    this.drag = {
      id,
      corner: event.target.dataset.corner,
      x: event.clientX,
      y: event.clientY,
      start: this.fields.get(id).box,
      stops: this.stops(id),
    };
    box.setPointerCapture(event.pointerId);
  }

  pull(event) {
    if (!this.drag) return;
    const { id, corner, x, y, start, stops } = this.drag;
    const [right, down] = [event.clientX - x, event.clientY - y];
    if (!this.drag.moves && Math.hypot(right, down) < FIRM) return;
    this.drag.moves = true;
    const frame = this.sheet.getBoundingClientRect();
    const [dx, dy] = [right / frame.width, down / frame.height];
    let box = corner ? resized(start, corner, dx, dy) : moved(start, dx, dy);
    const lines = { x: null, y: null };
    if (!corner && !event.altKey) {
      [box, lines.x] = sprung(box, "left", "width", stops.x, NEAR / frame.width);
      [box, lines.y] = sprung(box, "top", "height", stops.y, NEAR / frame.height);
    }
    this.root.classList.add("moving");
    this.put(id, box);
    this.guide(lines);
  }

  letGo() {
    if (!this.drag) return;
    const { id, start, moves } = this.drag;
    this.drag = null;
    this.rest();
    if (moves && !sameBox(start, this.fields.get(id).box)) this.drop(id);
  }

  giveUp() {
    if (this.drag) this.put(this.drag.id, this.drag.start);
    this.letGo();
  }

  rest() {
    this.root.classList.remove("moving");
    this.guide({ x: null, y: null });
    this.placeBar();
  }

  // What a field springs to: the centre, the margins that printers need, and its neighbours.
  stops(id) {
    const others = [...this.fields.values()].filter((one) => one.shown && one.id !== id);
    const along = (start, length, margin) => [
      0.5, margin, 1 - margin,
      ...others.flatMap(({ box }) => [box[start], box[start] + box[length] / 2, box[start] + box[length]]),
    ];
    const { x, y } = this.data.margin;
    return { x: along("left", "width", x), y: along("top", "height", y) };
  }

  guide({ x, y }) {
    this.guides.replaceChildren(
      ...[["upright", "left", x], ["level", "top", y]]
        .filter(([, , at]) => at !== null)
        .map(([way, side, at]) => element("i", { className: `guide ${way}`, style: `${side}: ${at * 100}%` })),
    );
  }

  enter(event) {
    if (event.target.closest(".box")) this.edit();
  }

  // By keyboard

  press(event) {
    if (event.target.matches("input, textarea, select") && event.key !== "Escape") return;
    const field = this.fields.get(this.selected);
    const isOnSheet = event.target.closest(".box");
    if ((event.ctrlKey || event.metaKey) && ["z", "y"].includes(event.key.toLowerCase())) {
      event.preventDefault();
      const isForth = event.key.toLowerCase() === "y" || event.shiftKey;
      this.change({ step: isForth ? "redo" : "undo" });
    } else if (event.key === "Escape") {
      if (this.panel) this.openPanel(false);
      else if (isOnSheet) this.choose(null);
      else this.focusChosen();
    } else if (!isOnSheet || !field || event.ctrlKey || event.metaKey) {
      return;
    } else if (ARROWS[event.key]) {
      event.preventDefault();
      this.nudge(field, ARROWS[event.key], event);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.edit();
    } else if (event.key === "Delete" && field.isAdded) {
      this.change({ field: field.id, remove: true });
    }
  }

  nudge(field, direction, { shiftKey, altKey }) {
    const [dx, dy] = direction.map((sign) => sign * (shiftKey ? 0.02 : 0.002));
    this.root.classList.add("moving");
    this.put(field.id, altKey ? resized(field.box, "se", dx, dy) : moved(field.box, dx, dy));
    clearTimeout(this.keys);
    this.keys = setTimeout(() => {
      this.keys = 0;
      this.rest();
      this.drop(field.id);
    }, KEY_PAUSE);
  }

  // What is said to the server

  drop(id) {
    const { box } = this.fields.get(id);
    this.said.textContent = this.position(box);
    this.change({ field: id, box: Object.fromEntries(SIDES.map((side) => [side, box[side]])) });
  }

  set(field, attribute, value) {
    // What is given counts at once, as a place does.
    const setting = this.fieldOrRule(field)?.settings?.find((one) => one.attribute === attribute);
    if (setting) setting.value = value;
    this.change({ field, set: { [attribute]: value } });
  }

  change(change) {
    this.cancelDraft();
    this.awaited = this.data.revision;
    this.sendChange({ ...change, revision: this.data.revision, at: Date.now() });
  }

  // What is being typed, drawn now and then; the last of it always is.
  sketch(field, attribute, value) {
    this.draft.next = { field, attribute, value };
    if (this.draft.timer) return;
    const wait = Math.max(0, this.draft.sent + DRAFT_PAUSE - Date.now());
    this.draft.timer = setTimeout(() => {
      this.draft.timer = 0;
      this.draft.sent = Date.now();
      this.sendDraft({ ...this.draft.next, at: this.draft.sent });
    }, wait);
  }

  cancelDraft() {
    clearTimeout(this.draft.timer);
    this.draft.timer = 0;
  }

  // The bar and the side

  dress() {
    const field = this.fields.get(this.selected);
    const made = field?.settings.map(({ attribute, kind, options }) => [attribute, kind, options]);
    const wanted = JSON.stringify([field?.id, made, this.panel, this.typing, this.data.words]);
    const active = this.root.getRootNode().activeElement;
    if (wanted !== this.dressed) {
      this.dressed = wanted;
      this.controls = [];
      this.bar.replaceChildren(...(field ? this.barOf(field) : []));
    }
    const layers = JSON.stringify([wanted, [...this.fields.values()].map(({ id, name, shown }) => [id, name, shown])]);
    if (layers !== this.listed) {
      this.listed = layers;
      this.controls = this.controls.filter((one) => this.bar.contains(one.element));
      const inSide = this.side.contains(active) && active.dataset.place;
      this.side.replaceChildren(...(field && this.panel ? this.panelOf(field) : this.layers()));
      if (inSide) this.side.querySelector(`[data-place="${CSS.escape(inSide)}"]`)?.focus();
    }
    this.bar.hidden = !field;
    this.bar.setAttribute("aria-label", field?.name ?? "");
    // What is being typed is not replaced.
    const isTyped = active?.matches("textarea, input:not([type=checkbox])");
    for (const control of this.controls) {
      if (!isTyped || !control.element.contains(active)) control.tell();
    }
    this.placeBar();
  }

  placeBar() {
    const field = this.fields.get(this.selected);
    if (!field) return;
    const [width, height] = [this.sheet.clientWidth, this.sheet.clientHeight];
    const { left, top, width: wide, height: high } = field.box;
    const [across, down] = [this.bar.offsetWidth / width, this.bar.offsetHeight / height];
    const bar = { left: between(left + (wide - across) / 2, 0, Math.max(0, 1 - across)), width: across, height: down };
    const others = [...this.fields.values()].filter((one) => one.shown && one !== field);
    const covered = (start) => others.reduce((sum, one) => sum + overlap({ ...bar, top: start }, one.box), 0);
    // Over the field or under it, where it hides less of the others.
    const gap = 12 / height;
    const [above, below] = [top - down - gap, top + high + gap];
    const isAbove = below + down > 1 || (above >= 0 && covered(above) <= covered(below));
    this.bar.style.left = `${bar.left * 100}%`;
    this.bar.style.top = `${(isAbove ? Math.max(above, 0) : below) * 100}%`;
  }

  barOf(field) {
    const words = this.textOf(field);
    const quick = field.settings.filter((one) => !one.isExact && one.kind in QUICK);
    const [faces, others] = [true, false].map((isFace) =>
      quick.filter((one) => (one.kind === "typeface") === isFace).map((one) => this.control(field, one)),
    );
    const row = element("div", { className: "row" });
    row.append(...faces, this.sizer(field), ...others);
    if (words) {
      row.append(this.button("text", "T", this.words.text, () => this.edit(), { pressed: this.typing }));
    }
    row.append(this.button("more", "···", this.words.more, () => this.openPanel(!this.panel), { pressed: this.panel }));
    if (!this.typing || !words) return [row, this.reason(field)];
    const typed = this.control(field, words);
    typed.classList.add("typed");
    return [row, typed, this.reason(field)];
  }

  // Why nothing is seen of the field.
  reason({ id }) {
    const made = element("p", { className: "reason" });
    const tell = () => {
      const { problem, picture } = this.fields.get(id);
      const said = problem || (picture ? "" : this.words.blank);
      if (said === made.textContent) return;
      made.textContent = said;
      this.said.textContent = said;
    };
    this.controls.push({ element: made, tell });
    return made;
  }

  // What a double click lets one type in place.
  textOf(field) {
    return field.settings.find((one) => one.kind === "words" && one.isLong);
  }

  sizer(field) {
    const scale = (factor) => this.change({ field: field.id, scale: factor });
    const points = () => this.fields.get(field.id)?.points;
    const input = element("input", { className: "points", inputMode: "numeric", ariaLabel: this.words.points });
    input.addEventListener("change", () => {
      const given = Number(input.value.replace(",", "."));
      if (given > 0) scale(given / points());
    });
    const tell = () => {
      shown.hidden = !points();
      input.value = Math.round(points());
    };
    leaving(input, () => this.focusChosen(), tell);
    const shown = element("label", { className: "in-points" });
    shown.append(input, "pt");
    const group = element("div", { className: "sizer", role: "group", ariaLabel: this.words.size });
    group.append(
      this.button("smaller", "−", this.words.smaller, () => scale(1 / LARGER)),
      shown,
      this.button("larger", "+", this.words.larger, () => scale(LARGER)),
    );
    this.controls.push({ element: shown, tell });
    tell();
    return group;
  }

  edit() {
    const field = this.fields.get(this.selected);
    if (!field) return;
    if (!this.textOf(field)) {
      this.openPanel(true);
      return;
    }
    if (this.typing) return this.endTyping();
    this.typing = true;
    this.dress();
    const typed = this.bar.querySelector("textarea");
    typed.focus();
    typed.select();
  }

  endTyping() {
    if (!this.typing) return;
    this.typing = false;
    this.bar.querySelector("textarea")?.blur();
    this.dress();
  }

  openPanel(isOpen) {
    this.panel = isOpen;
    this.dress();
    if (!isOpen) return this.focusChosen();
    this.side.querySelector(".settings :is(input, textarea, select, button)")?.focus({ preventScroll: true });
    // In a narrow window it stands under the sheet, where the foot may cover it.
    this.side.firstElementChild.scrollIntoView({ block: "nearest" });
  }

  panelOf(field) {
    const title = element("h2", { textContent: field.name, dir: "auto" });
    const back = this.button("back", "×", this.words.back, () => this.openPanel(false));
    const head = element("header", {});
    head.append(title, back);
    const more = field.settings.filter((one) => one.isExact || !(one.kind in QUICK));
    const parts = more
      .filter((one) => one !== this.textOf(field))
      // What a hand does on the sheet comes last.
      .sort((a, b) => SIDES.includes(a.attribute) - SIDES.includes(b.attribute))
      .map((one) => this.labelled(field, one));
    for (const rule of field.rules) {
      parts.push(this.labelled(rule, { attribute: "shown", kind: "switch", label: this.words.line }));
    }
    if (field.isAdded) {
      parts.push(this.button("remove", this.words.remove, "", () => this.change({ field: field.id, remove: true })));
    }
    const settings = element("div", { className: "settings" });
    settings.append(...parts);
    return [head, settings];
  }

  // A field, or a rule that goes with one.
  fieldOrRule(id) {
    return [...this.fields.values()].flatMap((one) => [one, ...one.rules]).find((one) => one.id === id);
  }

  stored(id, attribute) {
    const found = this.fieldOrRule(id);
    return found?.settings?.find((one) => one.attribute === attribute)?.value ?? found?.[attribute];
  }

  layers() {
    const list = element("ul", {});
    for (const field of this.fields.values()) {
      const row = element("li", { className: field.shown ? "" : "off" });
      const choose = () => {
        if (field.shown) return part(this.boxes, field.id).focus();
        this.wanted = field.id;
        this.set(field.id, "shown", true);
      };
      row.append(this.button(`layer ${field.id}`, field.name, "", choose, { pressed: field.id === this.selected }));
      if (field.mayBeHidden) {
        const told = (field.shown ? this.words.hide : this.words.unhide).replace("{field}", field.name);
        const eye = () => this.set(field.id, "shown", !field.shown);
        row.append(this.button(`eye ${field.id}`, field.shown ? "visibility" : "visibility_off", told, eye));
      }
      list.append(row);
    }
    return [element("h2", { textContent: this.words.layers }), list];
  }

  button(place, text, label, act, { pressed } = {}) {
    const button = element("button", { type: "button", textContent: text, dir: "auto", className: place.split(" ")[0] });
    button.dataset.place = place;
    if (label) Object.assign(button, { ariaLabel: label, title: label });
    if (pressed !== undefined) button.ariaPressed = String(pressed);
    button.addEventListener("click", act);
    return button;
  }

  labelled(field, setting) {
    const label = element(setting.kind === "choice" ? "div" : "label", { className: `setting ${setting.kind}` });
    if (setting.help) label.title = setting.help;
    label.append(element("span", { textContent: setting.label }), this.control(field, setting));
    return label;
  }

  control(field, setting) {
    const { element: made, tell } = CONTROLS[setting.kind](setting, {
      now: () => this.stored(field.id, setting.attribute),
      sketch: (value) => this.sketch(field.id, setting.attribute, value),
      set: (value) => this.set(field.id, setting.attribute, value),
      give: () => {
        this.cancelDraft();
        this.sendDraft({ at: Date.now() });
      },
      end: () => {
        this.endTyping();
        this.focusChosen();
      },
    });
    this.controls.push({ element: made, tell });
    tell();
    return made;
  }

  close() {
    this.cancelDraft();
    clearTimeout(this.keys);
    this.stop.abort();
    this.watcher.disconnect();
    for (const part of [this.pictures, this.boxes, this.guides, this.bar, this.side]) part.replaceChildren();
  }
}

// A control for each kind of setting: `now` gives what is stored, `sketch` draws what is being
// given, `set` stores it, `give` forgets what was drawn, `end` leaves the text.

const QUICK = { typeface: true, choice: true, colour: true };

const CONTROLS = {
  typeface: choosing,
  // What is shown by a sign is pressed; what needs words is chosen from a list.
  choice: (setting, act) => ("center" in setting.options ? pressing : choosing)(setting, act),
  colour: coloured,
  switch: switched,
  words: worded,
  share: measured,
};

function choosing({ label, options }, { now, set }) {
  const select = element("select", { ariaLabel: label, title: label });
  for (const [value, text] of Object.entries(options)) select.append(element("option", { value, textContent: text }));
  select.addEventListener("change", () => set(select.value));
  return { element: select, tell: () => (select.value = now()) };
}

function pressing({ label, options }, { now, set }) {
  const group = element("div", { className: "choices", role: "group", ariaLabel: label });
  for (const [value, text] of Object.entries(options)) {
    const button = element("button", { type: "button", value, ariaLabel: text, title: text, className: `to-${value}` });
    button.append(element("span", { textContent: text }));
    button.addEventListener("click", () => set(value));
    group.append(button);
  }
  const tell = () => {
    for (const button of group.children) button.ariaPressed = String(button.value === now());
  };
  return { element: group, tell };
}

function coloured({ label }, { now, sketch, set }) {
  const input = element("input", { type: "color", ariaLabel: label, title: label });
  input.addEventListener("input", () => sketch(input.value));
  input.addEventListener("change", () => set(input.value));
  return { element: input, tell: () => (input.value = now()) };
}

function switched({ label }, { now, set }) {
  const input = element("input", { type: "checkbox", ariaLabel: label });
  input.addEventListener("change", () => set(input.checked));
  return { element: input, tell: () => (input.checked = now()) };
}

function worded({ label, most, isLong, help }, { now, sketch, set, give, end }) {
  const input = element(isLong ? "textarea" : "input", { dir: "auto", maxLength: most, ariaLabel: label, title: help ?? "" });
  input.addEventListener("input", () => {
    // A placeholder is drawn once it is written to its end.
    if (!/\{[^{}]*$/.test(input.value)) sketch(input.value);
  });
  input.addEventListener("change", () => set(input.value));
  const tell = () => (input.value = now() ?? "");
  leaving(input, end, () => {
    tell();
    give();
  });
  return { element: input, tell };
}

// Enter stores what is written in a field, Escape gives it up; then it is left.
function leaving(input, end, giveUp = () => {}) {
  input.addEventListener("keydown", (event) => {
    // What a keyboard for many characters does with these keys is its own.
    if (event.isComposing || !["Enter", "Escape"].includes(event.key) || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") giveUp();
    input.blur();
    end();
  });
}

function measured({ label, least, most, step }, { now, sketch, set }) {
  const both = element("span", { className: "measure" });
  const inputs = ["range", "number"].map((type) => element("input", { type, min: least, max: most, step, ariaLabel: label }));
  for (const input of inputs) {
    const given = () => between(Number(input.value), least, most);
    input.addEventListener("input", () => {
      for (const other of inputs) if (other !== input) other.value = input.value;
      sketch(given());
    });
    input.addEventListener("change", () => set(given()));
  }
  both.append(...inputs);
  return { element: both, tell: () => inputs.forEach((input) => (input.value = now())) };
}

// The page

function element(tag, { role, style, ...properties }) {
  const made = Object.assign(document.createElement(tag), properties);
  if (role) made.setAttribute("role", role);
  if (style) made.style = style;
  return made;
}

// Let the children of `parent` be one for each of `wanted`, in their order, by their ids.
function keep(parent, wanted, make) {
  const known = new Map([...parent.children].map((one) => [one.dataset.id, one]));
  const children = wanted.map(({ id }) => known.get(id) ?? make());
  children.forEach((one, at) => (one.dataset.id = wanted[at].id));
  for (const one of parent.children) if (!children.includes(one)) one.remove();
  children.forEach((one, at) => {
    // What stands where it belongs keeps the focus.
    if (parent.children[at] !== one) parent.insertBefore(one, parent.children[at] ?? null);
  });
}

const part = (parent, id) => [...parent.children].find((one) => one.dataset.id === id);

function settle(one, box) {
  for (const side of SIDES) one.style[side] = `${box[side] * 100}%`;
}

function setSource(image, address) {
  if (image.getAttribute("src") !== address) image.src = address;
}

// Geometry

const between = (value, low, high) => Math.min(high, Math.max(low, value));
const rounded = (value) => Math.round(value * 1e4) / 1e4;
const sameBox = (a, b) => SIDES.every((side) => a[side] === b[side]);

function overlap(a, b) {
  const shared = (start, length) =>
    Math.max(0, Math.min(a[start] + a[length], b[start] + b[length]) - Math.max(a[start], b[start]));
  return shared("left", "width") * shared("top", "height");
}

// The box at the nearest of `stops` for one of its edges or its middle, and which that is.
function sprung(box, start, length, stops, near) {
  let best = null;
  for (const stop of stops) {
    for (const part of [0.5, 0, 1]) {
      const away = stop - box[start] - part * box[length];
      if (Math.abs(away) < near && (!best || Math.abs(away) < Math.abs(best.away))) best = { away, stop };
    }
  }
  const to = best && rounded(box[start] + best.away);
  const isInside = best && to >= 0 && to + box[length] <= 1;
  return isInside ? [{ ...box, [start]: to }, best.stop] : [box, null];
}

function moved(box, dx, dy) {
  return {
    ...box,
    left: rounded(between(box.left + dx, 0, 1 - box.width)),
    top: rounded(between(box.top + dy, 0, 1 - box.height)),
  };
}

function resized(box, corner, dx, dy) {
  let [left, top] = [box.left, box.top];
  let [right, bottom] = [box.left + box.width, box.top + box.height];
  if (corner.includes("w")) left = between(left + dx, 0, right - SMALLEST);
  else right = between(right + dx, left + SMALLEST, 1);
  if (corner.includes("n")) top = between(top + dy, 0, bottom - SMALLEST);
  else bottom = between(bottom + dy, top + SMALLEST, 1);
  return { ...box, left: rounded(left), top: rounded(top), width: rounded(right - left), height: rounded(bottom - top) };
}

// Boxes on the certificate, moved by pointer and keyboard. Geometry is kept in fractions of the
// picture, so the size on the screen never matters.

const SMALLEST = 0.02;
const NEAR_CENTRE = 5; // pixels within which a dragged box springs to the middle
const KEY_PAUSE = 350; // ms after the last arrow key until the placement is sent
const editors = new WeakMap();

export default function (component) {
  const { parentElement, data, setStateValue } = component;
  let editor = editors.get(parentElement);
  if (!editor) {
    editor = new Editor(parentElement.querySelector(".placer"));
    editors.set(parentElement, editor);
  }
  editor.send = (name, value) => setStateValue(name, value);
  editor.show(data);
  return () => {
    editor.close();
    editors.delete(parentElement);
  };
}

class Editor {
  constructor(root) {
    this.root = root;
    this.boxes = new Map();
    this.elements = new Map();
    this.revision = null;
    this.answered = null; // the revision that was shown when a placement was sent
    this.drag = null;
    this.timer = 0;
    this.stop = new AbortController();
    const on = (name, handler) =>
      root.addEventListener(name, handler.bind(this), { signal: this.stop.signal });
    on("pointerdown", this.grab);
    on("pointermove", this.pull);
    on("pointerup", this.letGo);
    on("pointercancel", this.letGo);
    on("keydown", this.press);
    on("focusin", this.choose);
    this.exact = root.querySelector(".exact");
    // The exact picture is there: what was drawn in its place may go.
    this.exact.addEventListener("load", () => this.rest(), { signal: this.stop.signal });
    this.watcher = new ResizeObserver(() => this.paintAll());
    this.watcher.observe(root);
  }

  show(data) {
    this.words = data.words;
    this.root.setAttribute("aria-label", data.words.title);
    this.root.style.aspectRatio = data.ratio;
    // A portrait sheet stays in sight as a whole.
    this.root.style.maxWidth = `max(16rem, calc(68vh * ${data.ratio}))`;
    this.root.querySelector(".help").textContent = data.words.help;
    setSource(this.root.querySelector(".template"), data.template);
    if (this.drag) return; // never fight the hand that is moving something
    if (data.revision === this.answered) return; // our own echo, before the answer is there
    this.answered = null;
    setSource(this.exact, data.picture);
    this.exact.alt = data.words.picture;
    if (this.timer) return; // keys are still pressed
    this.revision = data.revision;
    this.boxes = new Map(data.boxes.map((box) => [box.id, { ...box }]));
    this.selected = data.selected;
    this.syncElements();
    this.paintAll();
  }

  rest() {
    if (!this.drag && !this.timer) this.root.classList.remove("moving");
  }

  syncElements() {
    for (const [id, element] of this.elements) {
      if (!this.boxes.has(id)) {
        element.remove();
        this.elements.delete(id);
      }
    }
    for (const id of this.boxes.keys()) {
      if (!this.elements.has(id)) this.addElement(id);
    }
  }

  addElement(id) {
    const element = document.createElement("div");
    element.className = "box";
    element.tabIndex = 0;
    element.dataset.id = id;
    element.setAttribute("role", "button");
    element.setAttribute("aria-describedby", "placer-help");
    for (const name of ["text", "label"]) {
      const part = document.createElement("span");
      part.className = name;
      element.append(part);
    }
    for (const corner of ["nw", "ne", "sw", "se"]) {
      const handle = document.createElement("i");
      handle.className = `handle ${corner}`;
      handle.dataset.corner = corner;
      element.append(handle);
    }
    this.root.append(element);
    this.elements.set(id, element);
  }

  paintAll() {
    for (const id of this.boxes.keys()) this.paint(id);
  }

  paint(id) {
    const box = this.boxes.get(id);
    const element = this.elements.get(id);
    for (const side of ["left", "top", "width", "height"]) {
      element.style[side] = `${box[side] * 100}%`;
    }
    element.dataset.face = box.face;
    element.classList.toggle("selected", id === this.selected);
    element.classList.toggle("at-top", box.top < 0.04);
    element.classList.toggle("blank", !box.text);
    element.querySelector(".label").textContent = box.label;
    element.setAttribute("aria-label", `${box.label}: ${this.position(box)}`);
    this.paintText(element.querySelector(".text"), box);
  }

  // An approximation, shown only while something moves: the exact picture follows.
  paintText(span, box) {
    const size = Math.min(box.size, box.height) * this.root.clientHeight;
    span.textContent = box.text;
    Object.assign(span.style, { color: box.color, textAlign: box.align, fontSize: `${size}px` });
    const room = box.width * this.root.clientWidth;
    if (span.scrollWidth > room) span.style.fontSize = `${(size * room) / span.scrollWidth}px`;
  }

  position(box) {
    const percent = (value) => `${Math.round(value * 100)} %`;
    return this.words.position
      .replace("{left}", percent(box.left))
      .replace("{top}", percent(box.top))
      .replace("{width}", percent(box.width))
      .replace("{height}", percent(box.height));
  }

  // By pointer

  grab(event) {
    const element = event.target.closest(".box");
    if (!element) return;
    const id = element.dataset.id;
    const corner = event.target.dataset.corner;
    this.drag = { id, corner, x: event.clientX, y: event.clientY, start: { ...this.boxes.get(id) } };
    this.root.setPointerCapture(event.pointerId);
    event.preventDefault();
    element.focus();
  }

  pull(event) {
    if (!this.drag) return;
    const { id, corner, x, y, start } = this.drag;
    const frame = this.root.getBoundingClientRect();
    const dx = (event.clientX - x) / frame.width;
    const dy = (event.clientY - y) / frame.height;
    this.root.classList.add("moving");
    const near = { x: NEAR_CENTRE / frame.width, y: NEAR_CENTRE / frame.height };
    this.boxes.set(
      id,
      corner ? resized(start, corner, dx, dy) : centred(moved(start, dx, dy), near),
    );
    this.paint(id);
    this.guide(id);
  }

  // Lines through the middle of the picture, while the box that moves stands on them.
  guide(id) {
    const box = this.boxes.get(id);
    const upright = isCentred(box.left, box.width);
    const level = isCentred(box.top, box.height);
    this.root.querySelector(".guide.upright").classList.toggle("on", upright);
    this.root.querySelector(".guide.level").classList.toggle("on", level);
  }

  letGo() {
    if (!this.drag) return;
    const { id, start } = this.drag;
    this.drag = null;
    if (!sameBox(start, this.boxes.get(id))) this.drop(id);
  }

  // By keyboard: arrows move, Alt+arrows resize, Shift takes larger steps

  press(event) {
    const element = event.target.closest(".box");
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!element || !direction) return;
    event.preventDefault();
    const id = element.dataset.id;
    const step = event.shiftKey ? 0.02 : 0.002;
    const [dx, dy] = direction.map((sign) => sign * step);
    const box = this.boxes.get(id);
    this.boxes.set(id, event.altKey ? resized(box, "se", dx, dy) : moved(box, dx, dy));
    this.root.classList.add("moving");
    this.paint(id);
    this.guide(id);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = 0;
      this.drop(id);
    }, KEY_PAUSE);
  }

  choose(event) {
    const id = event.target.closest(".box")?.dataset.id;
    if (!id || id === this.selected) return;
    this.selected = id;
    this.paintAll();
    this.send("selected", id);
  }

  drop(id) {
    const all = {};
    for (const [name, { left, top, width, height }] of this.boxes) {
      all[name] = { left, top, width, height };
    }
    this.root.querySelector(".said").textContent = this.position(this.boxes.get(id));
    this.answered = this.revision;
    this.send("dropped", { moved: id, boxes: all, revision: this.revision, at: Date.now() });
  }

  close() {
    clearTimeout(this.timer);
    this.stop.abort();
    this.watcher.disconnect();
    for (const element of this.elements.values()) element.remove();
  }
}

const between = (value, low, high) => Math.min(high, Math.max(low, value));
const rounded = (value) => Math.round(value * 1e4) / 1e4;
const sameBox = (a, b) => ["left", "top", "width", "height"].every((side) => a[side] === b[side]);

const isCentred = (start, length) => Math.abs(start + length / 2 - 0.5) < 1.5e-4;

function centred(box, near) {
  const middle = { left: rounded(0.5 - box.width / 2), top: rounded(0.5 - box.height / 2) };
  return {
    ...box,
    left: Math.abs(box.left - middle.left) < near.x ? middle.left : box.left,
    top: Math.abs(box.top - middle.top) < near.y ? middle.top : box.top,
  };
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
  return {
    ...box,
    left: rounded(left), top: rounded(top),
    width: rounded(right - left), height: rounded(bottom - top),
  };
}

function setSource(image, address) {
  if (image.getAttribute("src") !== address) image.src = address;
}

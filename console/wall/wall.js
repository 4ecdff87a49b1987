// A group of radio buttons with pictures (ARIA Authoring Practices, Radio Group): one stop for Tab,
// arrows go on, and what they stop at is chosen.

const PAUSE = 450; // ms after the last arrow key until the choice is sent
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const walls = new WeakMap();

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  let wall = walls.get(parentElement);
  if (!wall) {
    wall = new Wall(parentElement.querySelector(".wall"));
    walls.set(parentElement, wall);
  }
  wall.vary = (place) => setTriggerValue("varied", { place, at: Date.now() });
  wall.send = (name) => setTriggerValue("chosen", name);
  wall.show(data);
  return () => {
    wall.close();
    walls.delete(parentElement);
  };
}

class Wall {
  constructor(root) {
    this.root = root;
    this.buttons = new Map();
    this.chosen = null;
    this.timer = 0;
    this.stop = new AbortController();
    const on = (name, handler) =>
      root.addEventListener(name, handler.bind(this), { signal: this.stop.signal });
    on("click", this.click);
    on("keydown", this.press);
  }

  show(data) {
    this.root.setAttribute("aria-label", data.label);
    this.root.classList.toggle("strip", data.isStrip);
    this.unfit = data.unfit;
    for (const design of data.designs) this.showDesign(design, data.ratio);
    this.showVariants(data);
    if (!this.timer) this.mark(data.chosen);
    const chosen = this.buttons.get(data.chosen);
    // The strip is longer than the screen, and so is the row of a phone.
    if (chosen && this.seen !== data.chosen) {
      this.seen = data.chosen;
      this.root.scrollLeft = chosen.offsetLeft - this.root.offsetLeft - 40;
      this.root.scrollTop = chosen.offsetTop - this.root.offsetTop - 40;
    }
  }

  showDesign(design, ratio) {
    const button = this.buttons.get(design.name) ?? this.add(design.name);
    button.title = design.looks;
    button.querySelector(".title").textContent = design.title;
    button.querySelector(".unfit").textContent = this.unfit;
    button.querySelector(".sheet").style.aspectRatio = ratio;
    const picture = button.querySelector("img");
    if (picture.getAttribute("src") === design.picture) return;
    button.classList.remove("unfit");
    picture.src = design.picture;
  }

  add(name) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "design" });
    button.dataset.name = name;
    button.setAttribute("role", "radio");
    const sheet = document.createElement("span");
    const [picture, unfit, title] = ["img", "span", "span"].map((tag) => document.createElement(tag));
    Object.assign(sheet, { className: "sheet" });
    Object.assign(picture, { alt: "" });
    Object.assign(unfit, { className: "unfit" });
    Object.assign(title, { className: "title" });
    picture.addEventListener("error", () => button.classList.add("unfit"));
    sheet.append(picture, unfit);
    button.append(sheet, title);
    this.root.append(button);
    this.buttons.set(name, button);
    return button;
  }

  // The colours of the chosen design, as a row under it.
  showVariants({ chosen, colours, variants }) {
    const told = JSON.stringify([chosen, colours, variants]);
    if (told === this.told) return;
    this.told = told;
    const focused = [...(this.row?.children ?? [])].indexOf(this.root.getRootNode().activeElement);
    this.row?.remove();
    this.row = document.createElement("div");
    this.row.className = "variants";
    this.row.role = "group";
    this.row.ariaLabel = colours;
    variants.forEach(({ name, main, accent, isChosen }, place) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", title: name, ariaLabel: name, ariaPressed: String(isChosen) });
      button.style.background = `linear-gradient(135deg, ${main} 50%, ${accent} 50%)`;
      button.addEventListener("click", () => this.vary(place));
      this.row.append(button);
    });
    if (variants.length) this.buttons.get(chosen)?.after(this.row);
    this.row.children[focused]?.focus();
  }

  mark(name) {
    this.chosen = name;
    const names = [...this.buttons.keys()];
    const stop = this.buttons.has(name) ? name : names[0];
    for (const [one, button] of this.buttons) {
      button.setAttribute("aria-checked", one === name);
      button.tabIndex = one === stop ? 0 : -1;
    }
  }

  click(event) {
    const name = event.target.closest(".design")?.dataset.name;
    if (name) this.choose(name, 0);
  }

  press(event) {
    const button = event.target.closest(".design");
    const step = STEPS[event.key];
    if (!button || !step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const names = [...this.buttons.keys()];
    const next = names[(names.indexOf(button.dataset.name) + step + names.length) % names.length];
    this.buttons.get(next).focus();
    this.choose(next, PAUSE);
  }

  choose(name, pause) {
    this.mark(name);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = 0;
      this.send(name);
    }, pause);
  }

  close() {
    clearTimeout(this.timer);
    this.stop.abort();
    this.root.replaceChildren();
  }
}

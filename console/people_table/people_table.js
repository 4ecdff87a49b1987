// A table of people: ticks, sorting, opening and editing. What stands in it is foreign, and only
// ever becomes text.

const tables = new WeakMap();

export default function (component) {
  const { parentElement, data, setStateValue, setTriggerValue } = component;
  let table = tables.get(parentElement);
  if (!table) {
    table = new PeopleTable(parentElement.querySelector(".people"));
    tables.set(parentElement, table);
  }
  table.sendTicks = (ticks) => setStateValue("ticked", ticks);
  table.send = (did) => setTriggerValue("did", did);
  table.show(data);
  return () => {
    table.stop.abort();
    tables.delete(parentElement);
  };
}

class PeopleTable {
  constructor(root) {
    this.root = root;
    this.grid = root.querySelector("table");
    this.shown = "";
    this.sentAt = null; // the ticks that Python has not answered yet
    this.focusedAt = null;
    this.place = { row: 1, column: 0 }; // the one cell that Tab leads to
    this.stop = new AbortController();
    const on = (name, handler) =>
      this.grid.addEventListener(name, handler.bind(this), { signal: this.stop.signal });
    on("click", this.click);
    on("change", this.change);
    on("keydown", this.press);
    on("focusin", this.note);
    // Columns that are out of sight show as a faded edge.
    const fade = () => {
      const hidden = root.scrollWidth - root.clientWidth - root.scrollLeft;
      root.classList.toggle("more", hidden > 1);
    };
    root.addEventListener("scroll", fade, { signal: this.stop.signal });
    const sizes = new ResizeObserver(fade);
    for (const one of [root, this.grid]) sizes.observe(one);
    this.stop.signal.addEventListener("abort", () => sizes.disconnect());
  }

  show(data) {
    this.data = data;
    if (this.sentAt === data.answered) this.sentAt = null;
    if (this.sentAt === null) this.ticked = new Set(data.ticked);
    const drawn = JSON.stringify([data.heads, data.rows, data.words]);
    this.isAll = this.sentAt === null && data.all_ticked;
    if (drawn !== this.shown) this.draw(drawn);
    this.paintTicks();
    if (data.focus && data.focus.at !== this.focusedAt) this.giveBackFocus(data.focus);
  }

  draw(drawn) {
    const had = this.grid.contains(this.focused());
    const { heads, rows, words, may_tick, may_open } = this.data;
    this.shown = drawn;
    this.root.classList.toggle("fixed", !may_open);
    this.grid.setAttribute("aria-label", words.title);
    this.root.querySelector(".help").textContent = words.help;
    const top = row(may_tick ? [this.tickCell("th", "", words.tick_page)] : []);
    for (const head of heads) top.append(this.headCell(head));
    this.allLine = row([element("td", { role: "gridcell", class: "all" })]);
    this.allLine.cells[0].colSpan = top.cells.length;
    this.allLine.hidden = true; // until all of this page are ticked
    this.grid.tHead.replaceChildren(top, this.allLine);
    this.grid.tBodies[0].replaceChildren(...rows.map((one) => this.personRow(one)));
    this.settle(had);
  }

  headCell(head) {
    const cell = element("th", { role: "columnheader", scope: "col", class: head.kind });
    if (head.sort === null) {
      cell.textContent = head.label;
      return cell;
    }
    cell.setAttribute("aria-sort", head.sort);
    const button = element("button", { type: "button" });
    button.dataset.sort = head.id;
    const arrow = element("span", { class: "arrow", "aria-hidden": "true" });
    arrow.textContent = { ascending: " ↑", descending: " ↓" }[head.sort] || "";
    button.append(head.label, arrow);
    cell.append(button);
    return cell;
  }

  tickCell(tag, id, label) {
    const cell = element(tag, { role: tag === "th" ? "columnheader" : "gridcell", class: "tick" });
    const tick = element("input", { type: "checkbox", "aria-label": label });
    tick.dataset.id = id;
    cell.append(tick);
    return cell;
  }

  personRow(person) {
    const { heads, words, may_tick, may_open } = this.data;
    const made = row(
      may_tick ? [this.tickCell("td", person.id, words.tick.replace("{name}", () => person.called))] : [],
    );
    made.dataset.id = person.id;
    person.cells.forEach((cell, place) => {
      const head = heads[place];
      const isName = head.kind === "name";
      const made_ = element(isName ? "th" : "td", { role: isName ? "rowheader" : "gridcell", class: head.kind });
      if (isName) made_.scope = "row";
      if (head.kind === "further" && cell.text) made_.dataset.label = head.label;
      if (cell.may_edit) made_.dataset.edit = head.id;
      if (isName && may_open) {
        const button = element("button", { type: "button", "data-open": "" });
        button.textContent = cell.text || "–";
        button.setAttribute("aria-label", person.called);
        made_.append(button);
      } else if (cell.tone) {
        const badge = element("span", { class: `badge ${cell.tone}` });
        badge.textContent = cell.text;
        made_.append(badge);
      } else made_.textContent = cell.text;
      made.append(made_);
    });
    return made;
  }

  // Ticks

  change(event) {
    const tick = event.target.closest("input[type=checkbox]");
    if (!tick) return;
    const ids = tick.dataset.id ? [Number(tick.dataset.id)] : this.data.rows.map((one) => one.id);
    for (const id of ids) tick.checked ? this.ticked.add(id) : this.ticked.delete(id);
    this.isAll = false;
    this.paintTicks();
    const shown = this.data.rows.map((one) => one.id);
    this.sentAt = Date.now();
    this.sendTicks({ shown, ids: shown.filter((id) => this.ticked.has(id)), at: this.sentAt });
  }

  paintTicks() {
    let count = 0;
    for (const line of this.grid.tBodies[0].rows) {
      const is = this.ticked.has(Number(line.dataset.id));
      count += is;
      line.classList.toggle("ticked", is);
      const tick = line.querySelector("input[type=checkbox]");
      if (tick) tick.checked = is;
    }
    const all = this.grid.tHead.querySelector("input[type=checkbox]");
    if (!all) return;
    all.checked = count > 0 && count === this.data.rows.length;
    all.indeterminate = count > 0 && !all.checked;
    this.paintAll(all.checked);
  }

  // Below the ticked head: a button that ticks the people of all other pages, too.
  paintAll(isPageTicked) {
    const { words, others } = this.data;
    const line = this.allLine;
    line.hidden = !(isPageTicked && others > 0);
    if (line.hidden) return;
    const isFocused = line.contains(this.focused());
    if (this.isAll) line.cells[0].textContent = words.all_ticked;
    else {
      const button = element("button", { type: "button", "data-all": "" });
      button.textContent = words.tick_all;
      line.cells[0].replaceChildren(button);
    }
    this.settle(isFocused);
  }

  // Sorting and opening

  click(event) {
    if (event.target.closest("input")) return;
    if (event.target.closest("[data-all]")) return this.send({ what: "all", at: Date.now() });
    const head = event.target.closest("[data-sort]");
    if (head) return this.send({ what: "sort", column: head.dataset.sort, at: Date.now() });
    const line = event.target.closest("tbody tr");
    // Text that was marked is to be copied.
    if (line && !String(window.getSelection())) this.open(line);
  }

  open(line) {
    if (this.data.may_open) this.send({ what: "open", id: Number(line.dataset.id), at: Date.now() });
  }

  // Keys: arrows from cell to cell, Enter opens, F2 edits

  press(event) {
    const cell = event.target.closest("th, td");
    if (!cell || event.target.classList.contains("cell")) return;
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    const end = { Home: 0, End: Infinity }[event.key];
    if (step) this.move(this.place.row + step[0], this.place.column + step[1]);
    else if (end !== undefined) this.move(this.place.row, end);
    else if (event.key === "F2" && cell.dataset.edit) this.edit(cell);
    else if (event.key === "Enter" && event.target === cell && cell.closest("tbody")) this.open(cell.parentElement);
    else return;
    event.preventDefault();
  }

  move(toRow, toColumn) {
    const lines = this.grid.rows;
    let row = between(toRow, 0, lines.length - 1);
    // The line of all, while it is not shown.
    if (lines[row].hidden) row += toRow > this.place.row ? 1 : -1;
    const column = between(toColumn, 0, lines[row].cells.length - 1);
    this.place = { row, column };
    this.settle(true);
  }

  // One cell is reached by Tab; what can be pressed in it, or the cell itself.
  settle(isFocused) {
    const lines = this.grid.rows;
    const at = { ...this.place };
    at.row = between(at.row, 0, lines.length - 1);
    // The line of all, while it is not shown.
    if (lines[at.row]?.hidden) at.row += 1;
    for (const line of lines) for (const cell of line.cells) target(cell).tabIndex = -1;
    const cell = lines[at.row]?.cells[Math.min(at.column, lines[at.row].cells.length - 1)];
    if (!cell) return;
    target(cell).tabIndex = 0;
    if (isFocused) target(cell).focus();
  }

  note(event) {
    const cell = event.target.closest("th, td");
    if (!cell) return;
    const at = { row: cell.parentElement.rowIndex, column: cell.cellIndex };
    if (at.row === this.place.row && at.column === this.place.column) return;
    this.place = at;
    this.settle(false);
  }

  giveBackFocus({ id, at }) {
    this.focusedAt = at;
    const line = [...this.grid.tBodies[0].rows].find((one) => Number(one.dataset.id) === id);
    const button = line?.querySelector("[data-open]");
    // After the window, which gives the focus back itself, to where there is nothing any more.
    if (button) setTimeout(() => button.focus(), 150);
  }

  focused() {
    return this.root.getRootNode().activeElement;
  }

  // Editing: Enter or leaving the field saves, Escape does not

  edit(cell) {
    const before = [...cell.childNodes];
    const id = Number(cell.parentElement.dataset.id);
    const place = this.data.heads.findIndex((one) => one.id === cell.dataset.edit);
    const head = this.data.heads[place];
    const stored = this.data.rows.find((one) => one.id === id).cells[place].text;
    const field = element("input", { class: "cell", type: "text", maxlength: "500" });
    field.setAttribute("aria-label", head.label);
    field.value = stored;
    let isOver = false;
    const end = (isSaved) => {
      if (isOver) return;
      isOver = true;
      cell.replaceChildren(...before);
      target(cell).tabIndex = 0;
      if (isSaved && field.value.trim() !== stored) {
        this.send({ what: "edit", id, column: head.id, value: field.value, at: Date.now() });
      }
    };
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      end(event.key === "Enter");
      target(cell).focus();
    });
    field.addEventListener("blur", () => end(true));
    cell.replaceChildren(field);
    field.focus();
    field.select();
  }
}

const between = (value, low, high) => Math.min(high, Math.max(low, value));
const target = (cell) => cell.querySelector("input, button") || cell;

function element(tag, attributes) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function row(cells) {
  const made = element("tr", { role: "row" });
  made.append(...cells);
  return made;
}

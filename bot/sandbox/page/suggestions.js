// The list above the text field: commands while "/" is typed, results while the bot is asked
// inline. The field keeps the keyboard; the list follows it.

import { byId, el } from "./dom.js";

export class Suggestions {
  constructor(field) {
    this.field = field;
    this.list = byId("suggestions");
    this.items = [];
    this.active = 0;
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) this.choose(Number(row.dataset.at));
    });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  // items: {title, detail, choose()}
  show(items) {
    this.items = items;
    this.active = 0;
    this.list.hidden = !items.length;
    this.list.replaceChildren(
      ...items.map((item, at) =>
        el(
          "div",
          { role: "option", id: `suggestion-${at}`, "data-at": at, "aria-selected": "false" },
          el("b", {}, item.title),
          el("span", {}, item.detail ?? ""),
        ),
      ),
    );
    this.field.setAttribute("aria-expanded", String(this.isOpen));
    this.mark();
  }

  hide() {
    this.show([]);
  }

  mark() {
    [...this.list.children].forEach((row, at) => {
      row.setAttribute("aria-selected", String(at === this.active));
    });
    const row = this.list.children[this.active];
    if (row) this.field.setAttribute("aria-activedescendant", row.id);
    else this.field.removeAttribute("aria-activedescendant");
    row?.scrollIntoView({ block: "nearest" });
  }

  choose(at) {
    this.items[at]?.choose();
  }

  // Takes the keys that move in an open list; returns whether it took this one.
  keyed(event) {
    if (!this.isOpen || event.isComposing) return false;
    switch (event.key) {
      case "ArrowDown":
        this.active = (this.active + 1) % this.items.length;
        break;
      case "ArrowUp":
        this.active = (this.active + this.items.length - 1) % this.items.length;
        break;
      case "Enter":
        if (event.shiftKey) return false;
        this.choose(this.active);
        break;
      case "Tab":
        if (event.shiftKey) return false;
        this.choose(this.active);
        break;
      case "Escape":
        this.hide();
        break;
      default:
        return false;
    }
    event.preventDefault();
    this.mark();
    return true;
  }
}

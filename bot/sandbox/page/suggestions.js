// The list above the text field: commands while "/" is typed, results while the bot is asked
// inline. The field keeps the keyboard; the list follows it.

import { byId, el } from "./dom.js";

const NEAR = 80;

export class Suggestions {
  constructor(field) {
    this.field = field;
    this.list = byId("suggestions");
    this.items = [];
    this.active = 0;
    this.nearEnd = null;
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) this.choose(Number(row.dataset.at));
    });
    this.list.addEventListener("scroll", () => this.scrolled(), { passive: true });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  // items: {title, detail, choose(), tile?: Node, look?: string}; nearEnd() is called when the
  // last of them comes into view; with `keep` they follow upon those that are there.
  show(items, { label = "Suggestions", nearEnd = null, keep = false } = {}) {
    const there = keep ? this.items.length : 0;
    if (!keep) this.active = 0;
    this.items = items;
    this.nearEnd = nearEnd;
    this.list.hidden = !items.length;
    this.list.setAttribute("aria-label", label);
    if (!keep) this.list.replaceChildren();
    this.list.append(...items.slice(there).map((item, at) => row(item, there + at)));
    if (!keep) this.list.scrollTop = 0;
    this.field.setAttribute("aria-expanded", String(this.isOpen));
    this.mark(!keep);
    if (keep) this.scrolled();
  }

  hide() {
    this.show([]);
  }

  mark(follow = true) {
    [...this.list.children].forEach((one, at) => {
      one.setAttribute("aria-selected", String(at === this.active));
    });
    const chosen = this.list.children[this.active];
    if (chosen) this.field.setAttribute("aria-activedescendant", chosen.id);
    else this.field.removeAttribute("aria-activedescendant");
    if (follow) chosen?.scrollIntoView({ block: "nearest" });
  }

  scrolled() {
    const { list } = this;
    if (!this.isOpen || !this.nearEnd) return;
    if (list.scrollHeight - list.scrollTop - list.clientHeight < NEAR) this.nearEnd();
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

function row(item, at) {
  return el(
    "div",
    { role: "option", id: `suggestion-${at}`, class: item.look, "data-at": at, "aria-selected": "false" },
    item.tile,
    el("b", { dir: "auto" }, item.title),
    item.detail ? el("span", { dir: "auto" }, item.detail) : null,
  );
}

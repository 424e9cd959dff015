// The open conversation: its messages in order, with dates between them. Each change touches
// the one message that it is about, and its neighbour.

import { bubble } from "./bubbles.js";
import { byId, el } from "./dom.js";
import { authorOf, isService } from "./model.js";
import { day } from "./times.js";

const NEAR = 90;
const RUN = 300; // seconds within which messages of one sender stand close together
const EARLIER_FROM = 300;

export class Log {
  // hooks: older() loads what came before, look(message) says how it is to be drawn
  constructor(hooks) {
    this.hooks = hooks;
    this.frame = byId("log");
    this.list = byId("messages");
    this.jump = byId("jump");
    this.clear();
    this.frame.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.frame.addEventListener("keydown", (event) => this.keyed(event));
    this.jump.addEventListener("click", () => this.toEnd(true));
    // Pictures have their size beforehand; what else changes the height is the window.
    new ResizeObserver(() => this.resized()).observe(this.frame);
  }

  clear() {
    this.entries = []; // {id, message, node, separator}, by id
    this.byId = new Map();
    this.more = false;
    this.stuck = true;
    this.below = 0;
    this.following = null;
    this.reading = null; // {id, top}: what is read from its top, until somebody scrolls
    this.list.replaceChildren();
    this.showJump();
  }

  open(messages, more) {
    this.clear();
    this.more = more;
    this.insert(messages);
    this.toEnd();
  }

  has(id) {
    return this.byId.has(id);
  }

  message(id) {
    return this.byId.get(id)?.message;
  }

  get newest() {
    return this.entries.at(-1)?.message;
  }

  // Messages that came before all that is shown; what is in view stays where it is.
  prepend(messages, more) {
    this.more = more;
    const before = this.frame.scrollHeight - this.frame.scrollTop;
    this.insert(messages.filter((message) => !this.has(message.message_id)));
    this.frame.scrollTop = this.frame.scrollHeight - before;
  }

  insert(messages) {
    if (!messages.length) return;
    const made = messages.map((message) => ({ id: message.message_id, message, node: this.draw(message), separator: null }));
    const at = this.entries.findIndex((entry) => entry.id > made[0].id);
    const index = at < 0 ? this.entries.length : at;
    const next = this.entries[index];
    const anchor = next ? next.separator ?? next.node : null;
    const fragment = document.createDocumentFragment();
    for (const entry of made) {
      this.byId.set(entry.id, entry);
      fragment.append(entry.node);
    }
    this.list.insertBefore(fragment, anchor);
    this.entries.splice(index, 0, ...made);
    for (let one = index; one <= index + made.length; one += 1) this.settle(one);
  }

  draw(message) {
    return bubble(message, this.hooks.look(message));
  }

  // Decide what stands between a message and the one before it.
  settle(index) {
    const entry = this.entries[index];
    if (!entry) return;
    const before = this.entries[index - 1]?.message;
    const today = day(entry.message.date);
    const dated = !before || day(before.date) !== today;
    if (dated && !entry.separator) {
      entry.separator = el("div", { class: "day", role: "separator" }, el("span", {}, today));
      entry.node.before(entry.separator);
    } else if (!dated && entry.separator) {
      entry.separator.remove();
      entry.separator = null;
    }
    const close =
      !dated &&
      !isService(before) &&
      !isService(entry.message) &&
      authorOf(before) === authorOf(entry.message) &&
      before.sender_chat?.id === entry.message.sender_chat?.id &&
      entry.message.date - before.date < RUN;
    entry.node.classList.toggle("joined", close);
  }

  add(message, mine) {
    const known = this.byId.get(message.message_id);
    if (known) {
      this.change(message, false);
      return;
    }
    this.insert([message]);
    if (mine || this.stuck) {
      this.stuck = true;
      this.follow(message.message_id);
    } else if (!isService(message)) {
      this.below += 1;
      this.showJump();
    }
  }

  change(message, marked = true) {
    const entry = this.byId.get(message.message_id);
    if (!entry) return;
    const held = entry.node.contains(document.activeElement) ? document.activeElement : null;
    const node = this.draw(message);
    entry.node.replaceWith(node);
    entry.node = node;
    entry.message = message;
    this.settle(this.entries.indexOf(entry));
    if (held) this.holdAgain(node, held);
    if (marked) node.classList.add("changed");
    if (this.stuck) this.toEnd();
  }

  // The keyboard stays on the button that it was on, or on the message if that is gone.
  holdAgain(node, held) {
    const { row, column } = held.dataset;
    const same = row === undefined ? null : node.querySelector(`[data-row="${row}"][data-column="${column}"]`);
    (same ?? node.querySelector(".key") ?? node).focus({ preventScroll: true });
  }

  remove(id) {
    const entry = this.byId.get(id);
    if (!entry) return;
    const index = this.entries.indexOf(entry);
    entry.separator?.remove();
    entry.node.remove();
    this.entries.splice(index, 1);
    this.byId.delete(id);
    this.settle(index);
  }

  show(id) {
    const node = this.byId.get(id)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.classList.remove("changed");
    requestAnimationFrame(() => node.classList.add("changed"));
  }

  // Once a frame, for many may come at once and each look at the height costs a layout.
  follow(id) {
    const waits = this.following !== null;
    this.following = id;
    if (waits) return;
    requestAnimationFrame(() => {
      const last = this.following;
      this.following = null;
      if (!this.stuck) return;
      this.toEnd();
      this.readFromTop(last);
    });
  }

  // Of what is higher than the window the top is read first.
  readFromTop(id) {
    const node = this.byId.get(id)?.node;
    if (!(node?.offsetHeight > this.frame.clientHeight)) return;
    node.scrollIntoView({ block: "start" });
    this.reading = { id, top: this.frame.scrollTop };
    this.scrolled(); // now, for the window may change its size before the event comes
  }

  // As when a telephone's keyboard goes.
  resized() {
    if (!this.stuck) return;
    const { reading } = this;
    this.toEnd();
    if (reading) this.readFromTop(reading.id);
  }

  toEnd(smooth = false) {
    this.stuck = true;
    this.below = 0;
    this.reading = null;
    this.frame.scrollTo({ top: this.frame.scrollHeight, behavior: smooth ? "smooth" : "instant" });
    this.showJump();
  }

  scrolled() {
    const left = this.frame.scrollHeight - this.frame.scrollTop - this.frame.clientHeight;
    // While a new message waits to be followed, what is left is its height: nobody scrolled up.
    if (this.following === null) this.stuck = left < NEAR;
    if (this.stuck) this.below = 0;
    if (this.reading && this.frame.scrollTop !== this.reading.top) this.reading = null;
    this.showJump();
    if (this.more && this.frame.scrollTop < EARLIER_FROM) this.hooks.older();
  }

  showJump() {
    this.jump.hidden = this.stuck;
    this.jump.dataset.count = this.below || "";
  }

  // Arrows go from message to message when the conversation has the keyboard.
  keyed(event) {
    const inLog = event.target === this.frame || event.target.classList?.contains("message");
    if (!inLog || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    const here = event.target.closest(".message");
    const nodes = this.entries.filter((entry) => !isService(entry.message)).map((entry) => entry.node);
    const index = here ? nodes.indexOf(here) + (event.key === "ArrowUp" ? -1 : 1) : nodes.length - 1;
    event.preventDefault();
    nodes[Math.max(0, Math.min(index, nodes.length - 1))]?.focus();
  }
}

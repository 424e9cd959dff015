// The list of chats and the people to speak as. Drawn at most once a frame.

import { summary } from "./bubbles.js";
import { avatar, byId, el, fullName } from "./dom.js";
import { authorOf, isService, keyOf, senderOf } from "./model.js";
import { brief } from "./times.js";

export class ChatList {
  // hooks: speakAs(personId), open(key)
  constructor(model, hooks) {
    this.model = model;
    this.hooks = hooks;
    this.rows = new Map();
    this.waiting = false;
  }

  draw() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.drawSpeakers();
      this.drawChats();
      const unread = this.model.speaker ? this.model.unreadOf(this.model.speaker) : 0;
      document.title = unread ? `(${unread}) Attaché sandbox` : "Attaché sandbox";
    });
  }

  drawSpeakers() {
    const frame = byId("speakers");
    const people = this.model.people;
    const names = people.map((person) => `${person.id} ${fullName(person)} ${person.admin}`).join("|");
    if (frame.dataset.names !== names) {
      frame.dataset.names = names;
      frame.replaceChildren(...people.map((person) => this.speaker(person)));
    }
    for (const input of frame.querySelectorAll("input")) {
      const id = Number(input.value);
      input.checked = id === this.model.speaker;
      const unread = id === this.model.speaker ? 0 : this.model.unreadOf(id);
      input.parentElement.querySelector(".dot").hidden = !unread;
    }
  }

  speaker(person) {
    const input = el("input", { type: "radio", name: "speaker", value: person.id });
    input.addEventListener("change", () => this.hooks.speakAs(person.id));
    return el(
      "label",
      { class: "speaker", title: fullName(person) },
      input,
      avatar(fullName(person), person.id),
      el("span", { class: "name" }, person.first_name),
      el("span", { class: "role" }, person.admin ? "admin" : person.last_name ?? ""),
      el("span", { class: "dot", role: "img", "aria-label": "has new messages", hidden: true }),
    );
  }

  drawChats() {
    const { model } = this;
    const chats = model.speaker ? model.chatsOf(model.speaker) : [];
    const rows = chats.map((chat) => this.row(chat));
    const list = byId("chats");
    const keys = new Set(chats.map((chat) => keyOf(chat.id, chat.bot_id)));
    for (const key of this.rows.keys()) if (!keys.has(key)) this.rows.delete(key);
    const same = rows.length === list.children.length && rows.every((row, at) => row === list.children[at]);
    if (!same) {
      const held = list.contains(document.activeElement) ? document.activeElement : null;
      list.replaceChildren(...rows);
      held?.focus();
    }
  }

  row(chat) {
    const key = keyOf(chat.id, chat.bot_id);
    const title = this.model.title(chat);
    let row = this.rows.get(key);
    if (!row || row.dataset.title !== title) {
      row = this.newRow(key, chat, title);
      this.rows.set(key, row);
    }
    const unread = this.model.unreadIn(this.model.speaker, key);
    const { last } = chat;
    row.querySelector(".when").textContent = last ? brief(last.date) : "";
    row.querySelector(".last").textContent = this.lastWords(chat);
    const badge = row.querySelector(".badge");
    badge.hidden = !unread;
    badge.textContent = unread > 99 ? "99+" : String(unread);
    badge.setAttribute("aria-label", `${unread} unread`);
    const link = row.firstElementChild;
    link.href = `#${this.model.speaker}/${key}`;
    if (key === this.model.open) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    return row;
  }

  newRow(key, chat, title) {
    const face = avatar(title, chat.bot_id ?? chat.id);
    if (chat.bot_id) face.classList.add("bot");
    const head = el("span", { class: "row-head" }, el("b", {}, title), el("time", { class: "when" }));
    const foot = el("span", { class: "row-foot" }, el("span", { class: "last" }), el("span", { class: "badge", role: "img" }));
    const link = el("a", { class: "chat-row" }, face, el("span", { class: "row-text" }, head, foot));
    return el("li", { "data-key": key, "data-title": title }, link);
  }

  lastWords(chat) {
    if (!this.model.isIn(chat, this.model.speaker)) return "Not a member";
    if (!chat.last) return "No messages yet";
    const { last } = chat;
    if (isService(last) || chat.id > 0 || chat.type === "channel") return this.own(last) + summary(last);
    return (this.own(last) || `${last.from && !last.sender_chat ? last.from.first_name : senderOf(last)}: `) + summary(last);
  }

  own(message) {
    return authorOf(message) === this.model.speaker && !isService(message) ? "You: " : "";
  }
}

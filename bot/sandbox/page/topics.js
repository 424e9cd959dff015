// The topics of a forum, as a row of links under the chat's head; and opening a new one.

import { post } from "./api.js";
import { byId, el, icon } from "./dom.js";
import { attempt } from "./notices.js";
import { field, openSheet } from "./sheet.js";

export class Topics {
  // hooks: open(topicId) goes there, once the page knows it
  constructor(model, hooks) {
    Object.assign(this, { model, hooks });
    this.frame = byId("topics");
  }

  draw() {
    const { model, frame } = this;
    const { chat } = model;
    frame.hidden = !chat?.is_forum;
    if (frame.hidden) return;
    const names = JSON.stringify([model.speaker, model.open, chat.topics, model.isIn(chat, model.speaker)]);
    if (frame.dataset.names !== names) {
      frame.dataset.names = names;
      this.build(chat);
    }
    for (const link of frame.querySelectorAll("a")) this.mark(link);
  }

  build(chat) {
    const { model, frame } = this;
    const opener = el("button", { type: "button", class: "topic new-topic", onclick: () => this.ask() }, icon("attach"), "New topic");
    const held = frame.contains(document.activeElement) ? document.activeElement.dataset.topic : null;
    const may = model.isIn(chat, model.speaker);
    frame.replaceChildren(...chat.topics.map((topic) => this.link(topic)), ...(may ? [opener] : []));
    if (held) frame.querySelector(`[data-topic="${held}"]`)?.focus();
  }

  link(topic) {
    const id = topic.message_thread_id;
    return el(
      "a",
      { class: "topic", href: `#${this.model.speaker}/${this.model.open}/${id}`, "data-topic": id },
      el("span", { dir: "auto" }, topic.name),
      topic.closed ? el("small", {}, "closed") : null,
      el("span", { class: "badge", role: "img", hidden: true }),
    );
  }

  // Which one is open, and how much of each is unread.
  mark(link) {
    const id = Number(link.dataset.topic);
    const unread = this.model.unreadInTopic(id);
    const badge = link.querySelector(".badge");
    badge.hidden = !unread;
    badge.textContent = String(unread);
    badge.setAttribute("aria-label", `${unread} unread`);
    const current = id === this.model.topic;
    if (current === link.hasAttribute("aria-current")) return;
    if (current) {
      link.setAttribute("aria-current", "true");
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else link.removeAttribute("aria-current");
  }

  ask() {
    const { chat, speaker } = this.model;
    const name = field("Name of the topic", { required: true, maxlength: 128, id: "topic-name" });
    openSheet("New topic", [name.node], "Open", async () => {
      const body = { person_id: speaker, name: name.value };
      const { topic } = await post(`groups/${chat.id}/topics`, body);
      await this.hooks.open(topic.message_thread_id);
    });
  }

  // For whoever governs the chat: closing the topic that is open, or reopening it.
  async setClosed(closed) {
    const { chat, speaker, topic } = this.model;
    await attempt(() => post(`groups/${chat.id}/topics/${topic}`, { person_id: speaker, closed }));
  }
}

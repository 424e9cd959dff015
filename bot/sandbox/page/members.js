// Who is in a group or channel, and what those in charge may do there.

import { post } from "./api.js";
import { avatar, byId, el, fullName, icon } from "./dom.js";
import { GENERAL } from "./model.js";
import { attempt } from "./notices.js";
import { closeSheet, openSheet, select } from "./sheet.js";

const STANDINGS = {
  creator: "owner",
  administrator: "administrator",
  member: "member",
  restricted: "may not write",
};

export class Members {
  // hooks: refreshed() resolves when the page knows what has changed, topics: closing them
  constructor(model, hooks) {
    Object.assign(this, { model, hooks });
    this.button = byId("members");
    this.button.append(icon("people"));
    this.button.addEventListener("click", () => this.open());
  }

  draw() {
    const { chat, speaker } = this.model;
    this.button.hidden = !(chat?.id < 0 && this.model.isIn(chat, speaker));
  }

  open() {
    const { model } = this;
    const { chat, speaker } = model;
    const inCharge = model.isInCharge(chat, speaker);
    const present = chat.members.filter((member) => model.isIn(chat, member.id));
    const rows = present.map((member) => this.row(chat, member, inCharge));
    const list = el("ul", { class: "member-list" }, ...rows);
    openSheet(model.title(chat), [list, this.adding(chat), ...this.more(chat, inCharge)].filter(Boolean), null, null);
  }

  async act(path, body = {}) {
    const { chat, speaker } = this.model;
    const done = await attempt(() => post(`groups/${chat.id}/${path}`, { person_id: speaker, ...body }));
    await this.hooks.refreshed();
    return done;
  }

  async change(path, body) {
    await this.act(path, body);
    if (this.model.chat && !this.button.hidden) this.open();
    else closeSheet();
  }

  row(chat, member, inCharge) {
    const { model } = this;
    const user = model.person(member.id) ?? model.bot(member.id) ?? { id: member.id, first_name: String(member.id) };
    const name = fullName(user);
    const face = avatar(name, user.id);
    if (user.is_bot) face.classList.add("bot");
    const standing = STANDINGS[member.status] + (member.anonymous ? ", anonymous" : "");
    const words = el("span", { class: "member-name" }, el("b", { dir: "auto" }, name), el("small", {}, standing));
    const acts = el("span", { class: "member-acts" });
    if (inCharge && member.status !== "creator" && member.id !== model.speaker) {
      const admin = member.status === "administrator";
      const [path, label] = admin ? ["unmake-admin", "Dismiss"] : ["make-admin", "Make admin"];
      acts.append(this.button_(label, `${label}: ${name}`, () => this.change(path, { user_id: member.id })));
      acts.append(this.button_("Remove", `Remove ${name}`, () => this.change("remove", { user_id: member.id })));
    }
    return el("li", { "data-member": member.id }, face, words, acts);
  }

  button_(words, label, act) {
    return el("button", { type: "button", class: "plain", "aria-label": label, onclick: act }, words);
  }

  adding(chat) {
    const { model } = this;
    const others = [...model.bots, ...model.people].filter((user) => !model.isIn(chat, user.id));
    if (!others.length) return null;
    const whom = select("Add to the chat", others.map((user) => [String(user.id), fullName(user)]), null, { id: "add-whom" });
    const add = this.button_("Add", "Add to the chat", () => this.change("add", { user_id: Number(whom.value) }));
    return el("div", { class: "adding" }, whom.node, add);
  }

  // What concerns oneself and the chat as a whole.
  more(chat, inCharge) {
    const { model } = this;
    if (!inCharge) return [];
    const nodes = [];
    if (chat.type === "supergroup") {
      const input = el("input", { type: "checkbox", id: "anonymous", checked: model.isAnonymous(chat, model.speaker) });
      input.addEventListener("change", () => this.change("anonymous", { anonymous: input.checked }));
      nodes.push(el("label", { class: "choice" }, input, el("span", {}, "Write in the group’s name (anonymous)")));
    }
    if (chat.type === "group") {
      const act = async () => {
        closeSheet();
        await this.act("migrate");
      };
      nodes.push(this.button_("Turn into a supergroup", "Turn into a supergroup", act));
    }
    const topic = chat.topics.find((one) => one.message_thread_id === model.topic);
    if (topic && topic.message_thread_id !== GENERAL) {
      const words = `${topic.closed ? "Reopen" : "Close"} the topic “${topic.name}”`;
      const act = async () => {
        closeSheet();
        await this.hooks.topics.setClosed(!topic.closed);
      };
      nodes.push(this.button_(words, words, act));
    }
    return nodes;
  }
}

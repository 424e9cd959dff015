// Making people, groups, forums and channels, and the language of the person in use.

import { post } from "./api.js";
import { byId, el, fullName, icon } from "./dom.js";
import { attempt } from "./notices.js";
import { choice, field, openSheet, select } from "./sheet.js";

const LANGUAGES = [
  ["en", "English"],
  ["de", "Deutsch"],
  ["uk", "Українська"],
  ["fr", "Français"],
  ["es", "Español"],
  ["pl", "Polski"],
  ["ru", "Русский"],
  ["pt-br", "Português (Brasil)"],
  ["", "not told"],
];
const KINDS = [
  ["group", "Group"],
  ["forum", "Group with topics"],
  ["channel", "Channel"],
];

export class Making {
  // hooks: refreshed() resolves when the page knows what was made, open(key), speakAs(id)
  constructor(model, hooks) {
    Object.assign(this, { model, hooks });
    this.language = el("select", { id: "language" });
    this.language.addEventListener("change", () => this.setLanguage());
    const button = (id, sign, words, act) =>
      el("button", { type: "button", class: "plain", id, onclick: act }, icon(sign), words);
    byId("speaker-tools").append(
      el("label", { class: "language" }, el("span", {}, "Language"), this.language),
      button("new-person", "person", "New person", () => this.askPerson()),
      button("new-chat", "people", "New chat", () => this.askChat()),
    );
  }

  draw() {
    const code = this.model.person(this.model.speaker)?.language_code ?? "";
    const known = LANGUAGES.some(([one]) => one === code);
    const offered = known ? LANGUAGES : [[code, code], ...LANGUAGES];
    const mark = offered.map(([one]) => one).join();
    if (this.language.dataset.mark !== mark) {
      this.language.dataset.mark = mark;
      this.language.replaceChildren(...offered.map(([value, words]) => el("option", { value }, words)));
    }
    this.language.value = code;
  }

  async setLanguage() {
    const body = { person_id: this.model.speaker, language_code: this.language.value || null };
    await attempt(() => post("people/language", body));
    await this.hooks.refreshed();
  }

  askPerson() {
    const first = field("First name", { required: true, maxlength: 64, id: "person-first" });
    const last = field("Last name", { maxlength: 64, id: "person-last" });
    const language = select("Language of their Telegram", LANGUAGES, "en", { id: "person-language" });
    openSheet("New person", [first.node, last.node, language.node], "Make", async () => {
      const body = { first_name: first.value, last_name: last.value || null };
      const { person } = await post("people", { ...body, language_code: language.value || null });
      await this.hooks.refreshed();
      this.hooks.speakAs(person.id);
    });
  }

  askChat() {
    const { people, bots, speaker } = this.model;
    const kind = choice("Kind", "radio", "kind", KINDS, ["group"]);
    const title = field("Title", { required: true, maxlength: 128, id: "chat-name" });
    const others = [...bots, ...people.filter((person) => person.id !== speaker)];
    const named = others.map((user) => [String(user.id), fullName(user)]);
    const members = choice("Members besides you", "checkbox", "members", named, bots.map((bot) => String(bot.id)));
    const governs = choice("The bot", "checkbox", "governs", [["admin", "is an administrator (in channels always)"]]);
    openSheet("New chat", [kind.node, title.node, members.node, governs.node], "Make", async () => {
      const ids = members.values.map(Number);
      const chat = await this.make(kind.values[0], title.value, ids);
      if (governs.values.length && kind.values[0] !== "channel") await this.promote(chat, ids);
      await this.hooks.refreshed();
      this.hooks.open(String(chat.id));
    });
  }

  async make(kind, title, members) {
    const type = kind === "forum" ? "supergroup" : kind;
    const body = { person_id: this.model.speaker, title, type, is_forum: kind === "forum", members };
    return (await post("groups", body)).chat;
  }

  async promote(chat, ids) {
    for (const bot of this.model.bots.filter((one) => ids.includes(one.id))) {
      await post(`groups/${chat.id}/make-admin`, { person_id: this.model.speaker, user_id: bot.id });
    }
  }
}

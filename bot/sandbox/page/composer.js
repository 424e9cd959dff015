// Writing: the text field with its suggestions, replies, edits, files, places, reply keyboards.

import { get, post, upload } from "./api.js";
import { PICTURES, prepareAttaching } from "./attaching.js";
import { bodyOf, summary } from "./bubbles.js";
import { byId, el, icon } from "./dom.js";
import { Inline } from "./inline.js";
import { senderOf } from "./model.js";
import { attempt } from "./notices.js";
import { Suggestions } from "./suggestions.js";

export class Composer {
  // hooks: lastOwn() gives the newest own text, opened(key) is asked to open another chat,
  // openBot(bot, parameter) a private one with a bot, reopen() a closed topic
  constructor(model, hooks) {
    this.model = model;
    this.hooks = hooks;
    this.field = byId("text");
    this.suggestions = new Suggestions(this.field);
    this.inline = new Inline(model, this.suggestions, {
      to: () => this.into,
      chosen: () => this.write(""),
      open: (bot, parameter) => this.openBot(bot, parameter),
    });
    this.commands = [];
    this.markup = null;
    this.drafts = new Map();
    this.place = null;
    this.context = null; // {kind: "reply" | "edit", message}
    this.prepare();
  }

  prepare() {
    byId("send").append(icon("send"));
    byId("attach").append(icon("attach"));
    byId("menu").append(icon("slash"));
    byId("send").addEventListener("click", () => this.send());
    byId("menu").addEventListener("click", () => this.write("/"));
    this.field.addEventListener("input", () => this.changed());
    this.field.addEventListener("keydown", (event) => this.keyed(event));
    this.field.addEventListener("paste", (event) => this.pasted(event));
    prepareAttaching({
      sendFile: (file, asPicture) => this.sendFile(file, asPicture),
      sendPlace: (place) => attempt(() => this.placeChosen(place)),
      sendContact: () => attempt(() => this.sendContact()),
    });
  }

  get to() {
    const { chat, speaker } = this.model;
    return { person_id: speaker, chat_id: chat.id, bot_id: chat.bot_id };
  }

  // Where something new goes: into the topic that is open, if there are topics.
  get into() {
    return { ...this.to, thread: this.model.topic || undefined };
  }

  placeOf(key, topic = 0) {
    return `${this.model.speaker} ${key} ${topic}`;
  }

  // The chat or the speaker has changed: what was being written is kept for the way back.
  moved() {
    const place = this.placeOf(this.model.open, this.model.topic);
    if (place !== this.place) {
      if (this.place) this.drafts.set(this.place, this.field.value);
      this.place = place;
      this.setContext(null);
      this.field.value = this.drafts.get(place) ?? "";
      this.inline.stop();
      this.commands = [];
      this.loadCommands();
    }
    this.drawInstead(); // first: what is hidden has no height to measure
    this.drawPlaceholder();
    this.changed();
  }

  async loadCommands() {
    const { chat, place } = { chat: this.model.chat, place: this.place };
    if (!chat || !this.model.isIn(chat, this.model.speaker)) return;
    const found = await get("commands", this.to).catch(() => ({ commands: [] }));
    if (place === this.place) {
      this.commands = found.commands;
      if (document.activeElement === this.field) this.changed();
    }
  }

  // Words to begin with in another chat, once it is opened.
  prepareDraft(place, words) {
    if (place === this.place) this.write(words);
    else this.drafts.set(place, words);
  }

  openBot(bot, parameter) {
    this.write("");
    this.hooks.openBot(bot, parameter);
  }

  focus() {
    if (matchMedia("(pointer: fine)").matches && !byId("compose-row").hidden) this.field.focus();
  }

  write(words) {
    this.field.value = words;
    this.field.focus();
    this.field.setSelectionRange(words.length, words.length);
    this.changed();
  }

  changed() {
    const { field } = this;
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 180)}px`;
    byId("send").disabled = !field.value.trim();
    this.suggest();
  }

  // Suggestions

  suggest() {
    const words = this.field.value;
    if (this.inline.typed(words, this.place)) return;
    const command = /^\/(\w*)$/.exec(words);
    if (command) {
      const begun = command[1].toLowerCase();
      const fitting = this.commands.filter((one) => one.command.startsWith(begun));
      this.suggestions.show(
        fitting.map((one) => ({
          title: `/${one.command}`,
          detail: one.description,
          choose: () => this.takeCommand(one.command),
        })),
      );
      return;
    }
    this.suggestions.hide();
  }

  takeCommand(command) {
    const whole = this.field.value === `/${command}`;
    this.suggestions.hide();
    if (whole) {
      this.send();
      return;
    }
    this.field.value = `/${command} `;
    this.changed();
  }

  // Keys

  keyed(event) {
    if (this.suggestions.keyed(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape" && this.context) {
      this.setContext(null);
    } else if (event.key === "ArrowUp" && !this.field.value) {
      const own = this.hooks.lastOwn();
      if (own) {
        event.preventDefault();
        this.setContext({ kind: "edit", message: own });
      }
    }
  }

  // Sending

  async send() {
    const words = this.field.value;
    if (!words.trim() || !this.model.chat) return;
    const { context, place } = this;
    this.field.value = "";
    this.setContext(null);
    this.changed();
    const sent = await attempt(() => this.sendWords(words, context));
    if (!sent && place === this.place && !this.field.value) {
      this.write(words);
      if (context) this.setContext(context);
    }
  }

  sendWords(words, context) {
    if (context?.kind === "edit") {
      return post("edit", { ...this.to, message_id: context.message.message_id, text: words });
    }
    return post("send/text", { ...this.into, text: words, ...this.replying(context) });
  }

  replying(context = this.context) {
    if (context?.kind !== "reply") return {};
    return { reply_to: context.message.message_id };
  }

  // What is being answered or edited

  setContext(context) {
    const before = this.context;
    this.context = context;
    const frame = byId("context");
    frame.hidden = !context;
    if (!context) {
      frame.replaceChildren();
      if (before?.kind === "edit") this.field.value = "";
      this.changed();
      return;
    }
    const { kind, message } = context;
    const head = kind === "edit" ? "Editing" : `Reply to ${senderOf(message)}`;
    const close = el("button", { type: "button", class: "round", "aria-label": "Cancel" }, icon("close"));
    close.addEventListener("click", () => this.setContext(null));
    frame.replaceChildren(icon(kind), el("span", {}, el("b", {}, head), el("span", {}, summary(message))), close);
    if (kind === "edit") this.write(bodyOf(message));
    this.field.focus();
  }

  // Files, places, contacts

  pasted(event) {
    const files = [...event.clipboardData.files];
    if (!files.length) return;
    event.preventDefault();
    for (const file of files) this.sendFile(file, PICTURES.has(file.type));
  }

  async sendFile(file, asPicture) {
    const kind = asPicture && PICTURES.has(file.type) ? "photo" : "document";
    const fields = { ...this.into, caption: this.field.value.trim(), ...this.replying() };
    if (await attempt(() => upload(kind, fields, file))) {
      this.write("");
      this.setContext(null);
    }
  }

  sendPlace({ latitude, longitude }) {
    return post("send/location", { ...this.into, latitude, longitude, ...this.replying() });
  }

  sendContact() {
    return post("send/contact", { ...this.into, phone_number: "+41 22 555 01 00", ...this.replying() });
  }

  // A reply keyboard that the bot has put under the field

  showKeys(markup) {
    const frame = byId("reply-keys");
    const rows = markup?.keyboard ?? [];
    this.markup = rows.length ? markup : null;
    frame.hidden = !rows.length;
    frame.replaceChildren(...rows.map((row) => el("div", { class: "key-row" }, ...row.map((key) => this.key(key, markup)))));
    this.drawPlaceholder();
  }

  drawPlaceholder() {
    const { chat, speaker } = this.model;
    const anonymous = chat && this.model.isAnonymous(chat, speaker);
    const usual = anonymous ? "Message in the group’s name" : chat?.type === "channel" ? "Post" : "Message";
    this.field.placeholder = this.markup?.input_field_placeholder || usual;
  }

  key(key, markup) {
    const button = el("button", { type: "button", class: "key" }, key.text);
    button.addEventListener("click", async () => {
      if (await attempt(() => this.pressKey(key))) this.keyPressed(markup);
    });
    return button;
  }

  keyPressed(markup) {
    if (markup?.one_time_keyboard && markup === this.markup) this.showKeys(null);
  }

  async placeChosen(place) {
    const { markup } = this;
    await this.sendPlace(place);
    this.keyPressed(markup);
  }

  pressKey(key) {
    if (key.request_location) return byId("place").showModal(); // it asks first, as Telegram does
    if (key.request_contact) return this.sendContact();
    return post("send/text", { ...this.into, text: key.text });
  }

  // What stands in place of the field where one cannot write

  drawInstead() {
    const { chat, speaker } = this.model;
    const [instead, row] = [byId("instead"), byId("compose-row")];
    const offer = chat ? this.offer(chat, speaker) : ["Choose a chat."];
    instead.hidden = !offer;
    row.hidden = Boolean(offer);
    const [words, label, act] = offer ?? [];
    const mark = [this.place, words, label].join("|");
    if (!offer || instead.dataset.mark === mark) return; // a button being pressed stays the same
    instead.dataset.mark = mark;
    instead.replaceChildren(el("span", {}, words));
    if (label) {
      const button = el("button", { type: "button", class: "primary" }, label);
      button.addEventListener("click", () => attempt(act));
      instead.append(button);
    }
  }

  offer(chat, speaker) {
    const me = { person_id: speaker, bot_id: chat.bot_id };
    if (chat.migrated_to) {
      return ["This group has become a supergroup.", "Open it", async () => this.hooks.opened(String(chat.migrated_to))];
    }
    if (chat.blocked) return ["You have blocked this bot.", "Unblock", () => post("unblock", me)];
    if (!this.model.isIn(chat, speaker)) {
      return ["You are not in this chat.", "Join", () => post(`groups/${chat.id}/join`, { person_id: speaker })];
    }
    if (chat.type === "channel" && !this.model.isInCharge(chat, speaker)) return ["Only administrators write here."];
    if (chat.id > 0 && !chat.count) {
      return ["A bot answers once you have started it.", "Start", () => post("start", me)];
    }
    if (chat.topics.some((one) => one.closed && one.message_thread_id === this.model.topic)) {
      if (!this.model.isInCharge(chat, speaker)) return ["The topic is closed."];
      return ["The topic is closed.", "Reopen", this.hooks.reopen];
    }
    return null;
  }
}

// Pressing the buttons under a message, and what the bot answers.

import { post } from "./api.js";
import { alertBox, toast } from "./notices.js";

const ANSWER_WITHIN = 15000;

export class Presses {
  // hooks: follow(address) opens a link, share(words, allowed) lets one choose a chat to begin in
  constructor(model, log, composer, hooks) {
    Object.assign(this, { model, log, composer, hooks });
    this.waiting = []; // {person, message, button, timer}
  }

  async press(button) {
    const message = this.log.message(Number(button.closest(".message").dataset.id));
    const key = message.reply_markup.inline_keyboard[button.dataset.row][button.dataset.column];
    if (key.url) {
      this.hooks.follow(key.url);
    } else if (key.copy_text) {
      await navigator.clipboard.writeText(key.copy_text.text);
      toast("Copied.");
    } else if (key.callback_data !== undefined) {
      await this.ask(message.message_id, key, button);
    } else {
      this.goInline(message, key);
    }
  }

  // A channel's posts name no sender: there is one bot that may have written them.
  goInline(message, key) {
    const bot = message.via_bot ?? (message.from?.is_bot && !message.sender_chat ? message.from : this.model.bots[0]);
    if ("switch_inline_query_current_chat" in key) {
      this.composer.write(`@${bot.username} ${key.switch_inline_query_current_chat}`);
      return;
    }
    const chosen = key.switch_inline_query_chosen_chat;
    const words = `@${bot.username} ${chosen?.query ?? key.switch_inline_query ?? ""}`;
    this.hooks.share(words, chosen ?? null);
  }

  async ask(messageId, key, button) {
    const wait = { person: this.model.speaker, message: messageId, button };
    wait.timer = setTimeout(() => this.finish(wait), ANSWER_WITHIN);
    button.classList.add("waiting");
    this.waiting.push(wait);
    try {
      const pressed = { message_id: messageId, data: key.callback_data, label: key.text };
      await post("press", { ...this.composer.to, ...pressed });
    } catch (error) {
      this.finish(wait);
      throw error;
    }
  }

  finish(wait) {
    clearTimeout(wait.timer);
    wait.button.classList.remove("waiting");
    this.waiting = this.waiting.filter((one) => one !== wait);
  }

  // The answer may come by the feed before the request that pressed has returned.
  answered(data) {
    const wait = this.waiting.find((one) => one.person === data.person_id && one.message === data.message_id);
    if (!wait) return;
    this.finish(wait);
    if (data.url) this.hooks.follow(data.url);
    else if (data.text && data.show_alert) alertBox(data.text);
    else if (data.text) toast(data.text);
  }
}

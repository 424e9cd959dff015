// Asking a bot inline: "@bot words" in any chat, its results page by page, and choosing one.

import { post } from "./api.js";
import { fileAddress } from "./bubbles.js";
import { el } from "./dom.js";
import { announce, attempt } from "./notices.js";

const TYPING_PAUSE = 250;
const KEPT_ANSWERS = 20;
const ASKED = /^@(\w+) ([^\n]{0,256})$/; // longer is no query to Telegram

export class Inline {
  // hooks: to() says who writes where, chosen() is told of a sent result, open(bot, parameter)
  // goes to the private chat with the bot
  constructor(model, suggestions, hooks) {
    Object.assign(this, { model, suggestions, hooks });
    this.answers = new Map(); // by the query's id: they may come before the id is known
    this.asked = null; // {bot, query, place, id, pages: [{id, results}], next, button}
    this.pause = 0;
  }

  // Returns whether the words are a question to one of our bots.
  typed(words, place) {
    const found = ASKED.exec(words);
    const name = found?.[1].toLowerCase();
    const bot = found && this.model.bots.find((one) => one.inline && one.username?.toLowerCase() === name);
    if (!bot) {
      this.stop();
      return false;
    }
    const query = found[2];
    const { asked } = this;
    if (asked && asked.bot.id === bot.id && asked.query === query && asked.place === place) {
      if (!this.suggestions.isOpen) this.show();
      return true;
    }
    this.stop();
    this.suggestions.hide();
    this.asked = { bot, query, place, id: null, pages: [], next: null, button: null };
    this.pause = setTimeout(() => this.ask(this.asked, ""), TYPING_PAUSE);
    return true;
  }

  stop() {
    clearTimeout(this.pause);
    this.asked = null;
  }

  async ask(asked, offset) {
    if (!this.model.chat) return;
    const { person_id, chat_id } = this.hooks.to();
    const body = { person_id, chat_id, bot_id: asked.bot.id, query: asked.query, offset };
    asked.next = null;
    const begun = await attempt(() => post("inline", body));
    if (!begun || this.asked !== asked) return;
    asked.id = begun.inline_query_id;
    const answer = this.answers.get(asked.id);
    if (answer) this.answered(answer);
  }

  answered(answer) {
    const id = answer.inline_query_id;
    this.answers.set(id, answer);
    if (this.answers.size > KEPT_ANSWERS) this.answers.delete(this.answers.keys().next().value);
    const { asked } = this;
    if (asked?.id !== id || asked.pages.some((page) => page.id === id)) return;
    const first = !asked.pages.length;
    asked.pages.push({ id, results: answer.results });
    asked.next = answer.next_offset || null;
    if (first) asked.button = answer.button;
    this.show(!first && this.suggestions.isOpen);
    if (first) announce(words(answer));
  }

  show(keep = false) {
    const { asked } = this;
    const rows = asked.pages.flatMap((page) => page.results.map((result) => this.row(page.id, result)));
    const { bot, button } = asked;
    if (button) {
      const open = () => this.hooks.open(bot, button.start_parameter);
      rows.unshift({ title: button.text, choose: open, look: "results-button" });
    }
    const more = () => asked.next && this.ask(asked, asked.next);
    this.suggestions.show(rows, { label: `Results of @${bot.username}`, nearEnd: more, keep });
    if (keep) return;
    this.suggestions.active = button && rows.length > 1 ? 1 : 0;
    this.suggestions.mark();
  }

  row(queryId, result) {
    const title = result.title || result.caption || "Picture";
    return {
      title,
      detail: result.description ?? "",
      tile: tile(result, title),
      look: "result",
      choose: () => this.choose(queryId, result.id),
    };
  }

  async choose(queryId, resultId) {
    const { person_id, chat_id, thread } = this.hooks.to();
    const body = { person_id, chat_id, thread, query_id: queryId, result_id: resultId };
    if (await attempt(() => post("inline/choose", body))) this.hooks.chosen();
  }
}

// Pictures on other machines are not fetched: the first letter stands for them, as in Telegram
// where there is none.
function tile(result, title) {
  if (result.photo_file_id) return el("img", { class: "tile", src: fileAddress(result.photo_file_id), alt: "" });
  return el("span", { class: "tile", "aria-hidden": "true" }, [...title.trim()][0]?.toUpperCase() ?? "");
}

function words({ results, next_offset: more }) {
  if (!results.length) return "No results";
  return `${results.length}${more ? " or more" : ""} ${results.length === 1 ? "result" : "results"}`;
}

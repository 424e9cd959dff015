// What the page knows: people, bots, chats, who speaks, what is unread. It draws nothing.

import { fullName } from "./dom.js";

const PRESENT = new Set(["creator", "administrator", "member", "restricted"]);
const IN_CHARGE = new Set(["creator", "administrator"]);
export const GENERAL = 1;
const CONTENTS = ["text", "photo", "document", "location", "contact"];

export const keyOf = (chatId, botId) => (chatId < 0 ? String(chatId) : `${botId}:${chatId}`);
// Who wrote it, in truth; and who stands over it: a channel and an anonymous admin go by the chat.
export const authorOf = (message) => message.written_by ?? message.from?.id;
export const senderOf = (message) => message.sender_chat?.title ?? (message.from ? fullName(message.from) : "Somebody");
export const isService = (message) => !CONTENTS.some((kind) => kind in message);

export class Model {
  constructor() {
    this.people = [];
    this.bots = [];
    this.chats = new Map();
    this.speaker = null;
    this.open = null;
    this.topic = 0; // of a forum the topic that is open, else nought
    this.unread = new Map(); // "person key topic" -> number
  }

  take(state) {
    this.people = state.people.filter((person) => !person.deactivated);
    this.bots = state.bots;
    this.chats = new Map(state.chats.map((chat) => [keyOf(chat.id, chat.bot_id), chat]));
    for (const person of this.people) {
      for (const bot of this.bots) {
        const key = keyOf(person.id, bot.id);
        if (!this.chats.has(key)) this.chats.set(key, notBegun(person, bot));
      }
    }
  }

  person(id) {
    return this.people.find((person) => person.id === id);
  }

  bot(id) {
    return this.bots.find((bot) => bot.id === id);
  }

  get chat() {
    return this.chats.get(this.open);
  }

  standing(chat, personId) {
    if (chat.id > 0) return chat.id === personId ? "member" : "left";
    return chat.members.find((member) => member.id === personId)?.status ?? "left";
  }

  isIn(chat, personId) {
    return PRESENT.has(this.standing(chat, personId));
  }

  isInCharge(chat, personId) {
    return IN_CHARGE.has(this.standing(chat, personId));
  }

  isAnonymous(chat, personId) {
    return Boolean(chat.members.find((member) => member.id === personId)?.anonymous);
  }

  topicOf(chat, message) {
    return chat.is_forum ? (message.message_thread_id ?? GENERAL) : 0;
  }

  title(chat) {
    return chat.id > 0 ? this.bot(chat.bot_id)?.first_name ?? "" : chat.title;
  }

  // One's chats, the newest first; groups that one is not in come last.
  chatsOf(personId) {
    const shown = [...this.chats.values()].filter(
      (chat) => (chat.id < 0 || chat.id === personId) && !chat.migrated_to,
    );
    const rank = (chat) => [this.isIn(chat, personId) ? 1 : 0, chat.last?.date ?? 0];
    return shown.sort((a, b) => {
      const [x, y] = [rank(a), rank(b)];
      return y[0] - x[0] || y[1] - x[1] || b.id - a.id;
    });
  }

  // Notes a message; returns false where the chat is not known yet.
  arrived(key, message) {
    const chat = this.chats.get(key);
    if (!chat) return false;
    chat.last = message;
    chat.count += 1;
    if (isService(message)) return true;
    const topic = this.topicOf(chat, message);
    for (const person of this.people) {
      if (!this.isIn(chat, person.id) || authorOf(message) === person.id) continue;
      const here = key === this.open && topic === this.topic;
      const seen = person.id === this.speaker && here && !document.hidden;
      if (!seen) this.addUnread(person.id, key, topic);
    }
    return true;
  }

  addUnread(personId, key, topic) {
    const mark = `${personId} ${key} ${topic}`;
    this.unread.set(mark, (this.unread.get(mark) ?? 0) + 1);
  }

  unreadIn(personId, key) {
    return this.sum(`${personId} ${key} `);
  }

  unreadOf(personId) {
    return this.sum(`${personId} `);
  }

  sum(begin) {
    let sum = 0;
    for (const [mark, count] of this.unread) if (mark.startsWith(begin)) sum += count;
    return sum;
  }

  unreadInTopic(topic) {
    return this.unread.get(`${this.speaker} ${this.open} ${topic}`) ?? 0;
  }

  read(personId, key, topic) {
    this.unread.delete(`${personId} ${key} ${topic}`);
  }
}

function notBegun(person, bot) {
  return {
    id: person.id, type: "private", bot_id: bot.id, blocked: false, migrated_to: null,
    members: [], topics: [], count: 0, last: null,
  };
}

// What the page knows: people, bots, chats, who speaks, what is unread. It draws nothing.

const PRESENT = new Set(["creator", "administrator", "member", "restricted"]);
const IN_CHARGE = new Set(["creator", "administrator"]);
const CONTENTS = ["text", "photo", "document", "location", "contact"];

export const keyOf = (chatId, botId) => (chatId < 0 ? String(chatId) : `${botId}:${chatId}`);
export const isService = (message) => !CONTENTS.some((kind) => kind in message);

export class Model {
  constructor() {
    this.people = [];
    this.bots = [];
    this.chats = new Map();
    this.speaker = null;
    this.open = null;
    this.unread = new Map(); // "person key" -> number
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
    for (const person of this.people) {
      if (!this.isIn(chat, person.id) || message.from?.id === person.id) continue;
      const seen = person.id === this.speaker && key === this.open && !document.hidden;
      if (!seen) this.addUnread(person.id, key);
    }
    return true;
  }

  addUnread(personId, key) {
    const mark = `${personId} ${key}`;
    this.unread.set(mark, (this.unread.get(mark) ?? 0) + 1);
  }

  unreadIn(personId, key) {
    return this.unread.get(`${personId} ${key}`) ?? 0;
  }

  unreadOf(personId) {
    let sum = 0;
    for (const [mark, count] of this.unread) if (mark.startsWith(`${personId} `)) sum += count;
    return sum;
  }

  read(personId, key) {
    this.unread.delete(`${personId} ${key}`);
  }
}

function notBegun(person, bot) {
  return {
    id: person.id, type: "private", bot_id: bot.id, blocked: false, migrated_to: null,
    members: [], topics: [], count: 0, last: null,
  };
}

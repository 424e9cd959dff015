// Who is seen typing where, for as long as Telegram shows it.

const SHOWN_FOR = 6000;

export class Typing {
  // changed(key) is called when somebody begins or ends in a chat
  constructor(changed) {
    this.changed = changed;
    this.who = new Map();
  }

  in(key) {
    return this.who.get(key);
  }

  begin(key, bot, action) {
    clearTimeout(this.who.get(key)?.timer);
    const timer = setTimeout(() => this.end(key, bot.id), SHOWN_FOR);
    const doing = action === "typing" ? "typing" : "sending something";
    this.who.set(key, { id: bot.id, words: `${bot.first_name} is ${doing}…`, timer });
    this.changed(key);
  }

  end(key, senderId) {
    const who = this.who.get(key);
    if (!who || who.id !== senderId) return;
    clearTimeout(who.timer);
    this.who.delete(key);
    this.changed(key);
  }
}

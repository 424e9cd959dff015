// The page as a whole: where one is (the address after #), what happens, and who is told of it.

import { Feed, get, post } from "./api.js";
import { fileAddress, summary } from "./bubbles.js";
import { ChatList } from "./chats.js";
import { Composer } from "./composer.js";
import { avatar, byId, el, fullName, icon } from "./dom.js";
import { ownLink } from "./entities.js";
import { Log } from "./log.js";
import { Making } from "./making.js";
import { Members } from "./members.js";
import { GENERAL, Model, authorOf, isService, keyOf, senderOf } from "./model.js";
import { announce, attempt, prepareNotices, showPicture } from "./notices.js";
import { Panel } from "./panel.js";
import { Presses } from "./presses.js";
import { closeSheet, openSheet } from "./sheet.js";
import { Topics } from "./topics.js";
import { Typing } from "./typing.js";

const STATE_CHANGES = new Set(["chat", "member", "topic", "profile"]);
const narrow = matchMedia("(max-width: 760px)");

const model = new Model();
const panel = new Panel();
const list = new ChatList(model, { speakAs: (id) => speakAs(id), open: (key) => go(model.speaker, key) });
const topics = new Topics(model, { open: openTopic });
const members = new Members(model, { refreshed, topics });
const making = new Making(model, { refreshed, open: (key) => go(model.speaker, key), speakAs: (id) => speakAs(id) });
const composer = new Composer(model, {
  lastOwn,
  opened: (key) => go(model.speaker, key),
  openBot: (bot, parameter) => startBot(bot.id, parameter),
  reopen: () => topics.setClosed(false),
});
const log = new Log({ older, look });
const presses = new Presses(model, log, composer, { follow, share });
const typing = new Typing((key) => key === model.open && showTyping());
const feed = new Feed({ happened, clock: (times) => panel.set(times), reload: start, online });

let loading = null; // {place, events}: what happens while a transcript is on its way
let loadingOlder = false;
let shownPlace = null;
let refreshing = null;

// Where one is

function go(personId, key, topic = 0) {
  const hash = `#${[personId, key, topic || null].filter(Boolean).join("/")}`;
  if (location.hash === hash) route();
  else location.hash = hash;
}

function speakAs(personId) {
  const chat = model.chat;
  let key = null;
  if (chat?.id > 0) key = keyOf(personId, chat.bot_id);
  else if (chat && model.isIn(chat, personId)) key = model.open; // else to their own chats
  const inList = document.body.dataset.view === "list" && narrow.matches;
  if (inList) go(personId, null);
  else go(personId, key, model.topic);
}

function route() {
  const [person, key, topic] = decodeURIComponent(location.hash.slice(1)).split("/");
  model.speaker = model.person(Number(person))?.id ?? model.people[0]?.id ?? null;
  const known = key && model.chats.has(key) ? key : null;
  const mine = known && (known.startsWith("-") || model.chats.get(known).id === model.speaker);
  model.open = mine ? known : null;
  if (!model.open && !narrow.matches && model.speaker && model.bots.length) {
    model.open = keyOf(model.speaker, model.bots[0].id);
    history.replaceState(null, "", `#${model.speaker}/${model.open}`); // kept when it gets narrow
  }
  model.topic = topicNamed(topic);
  document.body.dataset.view = model.open ? "chat" : "list";
  byId("back").href = `#${model.speaker}`;
  if (model.open) model.read(model.speaker, model.open, model.topic);
  drawHead();
  list.draw();
  topics.draw();
  members.draw();
  making.draw();
  composer.moved();
  if (shownPlace !== here()) openChat();
}

const here = () => composer.placeOf(model.open, model.topic);

function topicNamed(given) {
  if (!model.chat?.is_forum) return 0;
  const known = model.chat.topics.some((topic) => topic.message_thread_id === Number(given));
  return known ? Number(given) : GENERAL;
}

async function openTopic(topicId) {
  await refreshed();
  go(model.speaker, model.open, topicId);
}

async function openChat() {
  const place = here();
  shownPlace = place;
  loading = null;
  log.clear();
  composer.showKeys(null);
  showTyping();
  if (!model.chat) return;
  const mine = { place, events: [] };
  loading = mine;
  const answer = await attempt(() => get(`chats/${model.chat.id}/messages`, which()));
  if (loading !== mine) return;
  loading = null;
  if (!answer) {
    shownPlace = null;
    return;
  }
  log.open(answer.messages, answer.more);
  for (const event of mine.events) if (event.sequence > answer.sequence) inConversation(event);
  composer.showKeys(lastKeys(answer.messages));
  composer.focus();
}

const which = () => ({ bot_id: model.chat.bot_id, thread: model.topic || undefined });

async function older() {
  if (loadingOlder || loading || !log.entries.length) return;
  loadingOlder = true;
  const place = shownPlace;
  const before = log.entries[0].id;
  const answer = await attempt(() => get(`chats/${model.chat.id}/messages`, { ...which(), before }));
  loadingOlder = false;
  if (answer && place === shownPlace) log.prepend(answer.messages, answer.more);
}

function look(message) {
  const { chat } = model;
  return { mine: authorOf(message) === model.speaker, group: (chat?.id ?? 0) < 0, model };
}

function drawHead() {
  const { chat, speaker } = model;
  const title = chat ? model.title(chat) : "";
  byId("chat-title").textContent = title;
  byId("chat-subtitle").textContent = chat ? subtitle(chat) : "";
  const face = chat ? avatar(title, chat.bot_id ?? chat.id) : "";
  if (chat?.bot_id) face.classList.add("bot");
  byId("chat-avatar").replaceChildren(face);
  const act = byId("chat-act");
  drawEmpty();
  const begun = chat && (chat.id > 0 ? chat.count > 0 && !chat.blocked : model.isIn(chat, speaker));
  act.hidden = !begun;
  act.textContent = chat?.id > 0 ? "Block" : "Leave";
}

// What stands in a private chat before its first message: what the bot says of itself.
function drawEmpty() {
  const { chat } = model;
  const bot = chat?.id > 0 && !chat.count ? model.bot(chat.bot_id) : null;
  byId("empty").hidden = !bot;
  if (!bot) return;
  const face = avatar(bot.first_name, bot.id);
  face.classList.add("bot");
  const words = bot.description ?? "This is the bot. Start it, and it tells you what it can do.";
  byId("empty").replaceChildren(face, el("h3", {}, bot.first_name), el("p", {}, words));
}

function subtitle(chat) {
  const who = typing.in(model.open);
  if (who) return who.words;
  if (chat.id > 0) return `bot · you are ${fullName(model.person(model.speaker))}`;
  if (chat.type === "channel") {
    const readers = chat.members.filter((member) => model.isIn(chat, member.id) && model.person(member.id)).length;
    return readers === 1 ? "channel · 1 reader" : `channel · ${readers} readers`;
  }
  const names = chat.members
    .filter((member) => model.isIn(chat, member.id))
    .map((member) => model.person(member.id) ?? model.bot(member.id))
    .filter(Boolean)
    .map((user) => (user.id === model.speaker ? "you" : user.first_name));
  return names.join(", ");
}

async function blockOrLeave() {
  const { chat, speaker } = model;
  if (chat.id > 0) await post("block", { person_id: speaker, bot_id: chat.bot_id });
  else await post(`groups/${chat.id}/leave`, { person_id: speaker });
}

// What happens

function happened(event) {
  const key = event.chat_id === null ? null : keyOf(event.chat_id, event.bot_id);
  if (event.kind === "message") {
    if (!model.arrived(key, event.data)) refresh();
    else if (event.chat_id > 0 && key === model.open && model.chat.count === 1) composer.moved();
    typing.end(key, event.data.from?.id);
  }
  if (event.kind === "edited" || event.kind === "deleted") forgetLast(key, event);
  if (STATE_CHANGES.has(event.kind)) refresh();
  if (event.kind === "commands") composer.loadCommands();
  if (event.kind === "inline_answered") composer.inline.answered(event.data);
  if (event.kind === "callback_answered") presses.answered(event.data);
  if (event.kind === "chat_action" && model.bot(event.bot_id)) {
    typing.begin(key, model.bot(event.bot_id), event.data.action);
  }
  const elsewhere = event.kind === "message" && model.chat && model.topicOf(model.chat, event.data) !== model.topic;
  if (key === model.open && elsewhere) topics.draw();
  else if (key === model.open) {
    if (loading) loading.events.push(event);
    else inConversation(event);
  }
  list.draw();
}

function inConversation(event) {
  const { kind, data } = event;
  if (kind === "message") {
    const mine = authorOf(data) === model.speaker;
    log.add(data, mine);
    if (data.reply_markup) keysChanged(data);
    if (!mine && !isService(data)) announce(`${senderOf(data)}: ${summary(data)}`);
    drawHead();
  } else if (kind === "edited") {
    log.change(data);
  } else if (kind === "deleted") {
    log.remove(data.message_id);
  } else if (kind === "reaction") {
    const message = log.message(data.message_id);
    const reactions = { ...message?.reactions, [data.person_id ?? event.bot_id]: data.reaction };
    if (message) log.change({ ...message, reactions }, false);
  }
}

// The list's last line follows edits at once; after a deletion only the server knows it.
function forgetLast(key, event) {
  const chat = model.chats.get(key);
  if (chat?.last?.message_id !== event.data.message_id) return;
  if (event.kind === "edited") chat.last = event.data;
  else refresh();
}

function refresh() {
  if (refreshing) return;
  refreshing = setTimeout(refreshed, 50);
}

async function refreshed() {
  clearTimeout(refreshing);
  refreshing = null;
  const state = await attempt(() => get("state"));
  if (!state) return;
  model.take(state);
  route();
  composer.loadCommands(); // another language, or an administrator's place, has other ones
}

function lastOwn() {
  const own = log.entries.filter(({ message }) => authorOf(message) === model.speaker && "text" in message);
  return own.at(-1)?.message ?? null;
}

// Reply keyboards: the last one that was put up or taken away counts.

function lastKeys(messages) {
  const markups = messages.map((message) => message.reply_markup).filter(Boolean);
  return markups.findLast((markup) => markup.keyboard || markup.remove_keyboard) ?? null;
}

function keysChanged(message) {
  const markup = message.reply_markup;
  if (markup.keyboard || markup.remove_keyboard) composer.showKeys(markup);
  if (markup.force_reply) composer.setContext({ kind: "reply", message });
}

function showTyping() {
  byId("typing").hidden = !typing.in(model.open);
  drawHead();
  if (log.stuck) log.toEnd();
}

// Links: into our own bots they stay here, all others open beside.

function follow(address) {
  const own = ownLink(address, model.bots);
  if (own) startBot(own.bot.id, own.payload);
  else window.open(address, "_blank", "noopener,noreferrer");
}

// A button that lets one choose the chat in which to go on asking the bot.
function share(words, allowed) {
  const fits = (chat) => {
    if (!model.isIn(chat, model.speaker) || (chat.type === "channel" && !model.isInCharge(chat, model.speaker))) return false;
    if (!allowed) return true;
    if (chat.id > 0) return Boolean(allowed.allow_bot_chats);
    return Boolean(chat.type === "channel" ? allowed.allow_channel_chats : allowed.allow_group_chats);
  };
  const begin = (chat) => {
    const key = keyOf(chat.id, chat.bot_id);
    closeSheet();
    composer.prepareDraft(composer.placeOf(key, chat.is_forum ? GENERAL : 0), words);
    go(model.speaker, key);
  };
  const row = (chat) => el("button", { type: "button", class: "quiet", dir: "auto", onclick: () => begin(chat) }, model.title(chat));
  const rows = model.chatsOf(model.speaker).filter(fits).map(row);
  openSheet("Choose a chat", [el("div", { class: "chat-choice" }, ...rows)], null, null);
}

async function startBot(botId, payload) {
  const key = keyOf(model.speaker, botId);
  if (payload !== null && payload !== undefined) {
    await attempt(() => post("start", { person_id: model.speaker, bot_id: botId, payload }));
  }
  go(model.speaker, key);
}

function clicked(event) {
  const { target } = event;
  const own = target.closest("a[data-bot]");
  if (own) {
    event.preventDefault();
    startBot(Number(own.dataset.bot), own.dataset.start);
    return;
  }
  const button = target.closest("button, .spoiler, blockquote.long");
  if (!button) return;
  if (button.matches(".key")) attempt(() => presses.press(button));
  else if (button.dataset.picture) showPicture(fileAddress(button.dataset.picture));
  else if (button.dataset.command) {
    attempt(() => post("send/text", { ...composer.into, text: button.dataset.command }));
  } else if (button.dataset.jump) log.show(Number(button.dataset.jump));
  else if (button.dataset.act) contextOf(target, button.dataset.act);
  else if (button.matches(".spoiler, .long")) button.classList.toggle("shown");
}

function contextOf(node, kind) {
  const message = log.message(Number(node.closest(".message").dataset.id));
  if (message && !isService(message)) composer.setContext({ kind, message });
}

function keyedInLog(event) {
  const { target, key } = event;
  if (target.matches(".spoiler, .long") && (key === "Enter" || key === " ")) {
    event.preventDefault();
    target.classList.toggle("shown");
  }
  if (!target.matches("article.message") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === "r" || key === "Enter") contextOf(target, "reply");
  else if (key === "e" && target.querySelector('[data-act="edit"]')) contextOf(target, "edit");
  else if (key === "Escape") composer.field.focus();
  else return;
  event.preventDefault();
}

// Beginning

function online(is) {
  byId("offline").hidden = is;
}

async function start() {
  let state;
  try {
    state = await get("state");
  } catch {
    online(false);
    setTimeout(start, 1000);
    return;
  }
  online(true);
  panel.set(state);
  model.take(state);
  shownPlace = null;
  route();
  feed.follow(state.position);
}

byId("back").append(icon("back"));
byId("jump").append(icon("down"));
prepareNotices();
window.addEventListener("hashchange", route);
narrow.addEventListener("change", route);
byId("chat-act").addEventListener("click", () => attempt(blockOrLeave));
byId("messages").addEventListener("click", clicked);
byId("messages").addEventListener("auxclick", (event) => {
  if (event.target.closest("a[data-bot]")) clicked(event);
});
byId("messages").addEventListener("keydown", keyedInLog);
document.addEventListener("visibilitychange", () => {
  if (document.hidden || !model.open) return;
  model.read(model.speaker, model.open, model.topic);
  list.draw();
});
start();

// One message as an element. It is made anew when the message changes; nothing is changed in it.

import { avatar, el, fullName, icon } from "./dom.js";
import { rendered } from "./entities.js";
import { isService, senderOf } from "./model.js";
import { full, time } from "./times.js";

const WIDEST = 420;
const TALLEST = 520;
const NARROWEST = 200;
const CAPTIONED = 320; // below a tall and narrow picture, too, words have room

export const fileAddress = (id) => `/control/files/${encodeURIComponent(id)}`;

export function bodyOf(message) {
  return message.text ?? message.caption ?? "";
}

// A message in one line, for the list of chats, quotes and screen readers.
export function summary(message) {
  if (isService(message)) return serviceWords(message);
  const body = bodyOf(message).replace(/\s+/g, " ").trim();
  if (message.photo) return body ? `Picture: ${body}` : "Picture";
  if (message.document) return `File: ${message.document.file_name ?? "unnamed"}`;
  if (message.location) return "Place";
  if (message.contact) return `Contact: ${message.contact.first_name}`;
  return body;
}

function serviceWords(message) {
  const who = senderOf(message);
  const names = (users) => users.map(fullName).join(", ");
  if (message.new_chat_members) {
    const added = names(message.new_chat_members);
    return added === who ? `${who} joined` : `${who} added ${added}`;
  }
  if (message.left_chat_member) {
    const gone = fullName(message.left_chat_member);
    return gone === who ? `${who} left` : `${who} removed ${gone}`;
  }
  if (message.new_chat_title) return `${who} renamed the chat to “${message.new_chat_title}”`;
  if (message.pinned_message) return `${who} pinned a message`;
  if (message.migrate_to_chat_id) return "The group became a supergroup";
  if (message.migrate_from_chat_id) return "This supergroup was a group before";
  if (message.forum_topic_created) return `${who} opened the topic “${message.forum_topic_created.name}”`;
  if (message.forum_topic_edited) return `${who} renamed the topic to “${message.forum_topic_edited.name ?? ""}”`;
  if ("forum_topic_closed" in message) return `${who} closed the topic`;
  if ("forum_topic_reopened" in message) return `${who} reopened the topic`;
  if (message.channel_chat_created) return "The channel was created";
  if (message.group_chat_created || message.supergroup_chat_created) return `${who} created the group`;
  return "Something changed in this chat";
}

// look: {mine, group, model}
export function bubble(message, look) {
  if (isService(message)) {
    return el("div", { class: "message service", "data-id": message.message_id }, el("span", {}, serviceWords(message)));
  }
  const node = el("article", {
    class: `message ${look.mine ? "mine" : "theirs"}`,
    "data-id": message.message_id,
    tabindex: "-1",
    "aria-label": `${senderOf(message)}, ${time(message.date)}`,
  });
  if (look.group && !look.mine) {
    const face = avatar(senderOf(message), message.sender_chat?.id ?? message.from?.id ?? 0);
    if (isBot(message)) face.classList.add("bot");
    node.append(face);
  }
  const stack = el("div", { class: "stack" }, balloon(message, look));
  const keys = message.reply_markup?.inline_keyboard;
  if (keys) stack.append(keyboard(keys));
  node.append(stack, actions(message, look));
  return node;
}

// Telegram's own made-up account stands for anonymous administrators: the chat speaks then.
const isBot = (message) => Boolean(message.from?.is_bot) && !message.sender_chat;

function balloon(message, look) {
  const inside = el("div", { class: "balloon" });
  if (look.group && (!look.mine || message.sender_chat)) {
    const hue = isBot(message) ? "bot" : `hue-${Math.abs(message.sender_chat?.id ?? message.from?.id ?? 0) % 6}`;
    const signed = message.author_signature ? ` · ${message.author_signature}` : "";
    inside.append(el("div", { class: `sender ${hue}` }, senderOf(message) + signed));
  }
  if (message.via_bot) inside.append(el("div", { class: "note" }, `via @${message.via_bot.username}`));
  if (message.forward_origin) inside.append(el("div", { class: "note" }, "Forwarded"));
  if (message.reply_to_message && !message.reply_to_message.forum_topic_created) {
    inside.append(quoted(message.reply_to_message));
  }
  inside.append(...media(message));
  const body = bodyOf(message);
  if (message.photo) {
    const least = body ? CAPTIONED : NARROWEST;
    inside.style.width = `${Math.max(least, fitted(message.photo.at(-1)).width)}px`;
  }
  const words = el("div", { class: "words", dir: "auto" });
  if (body) {
    words.append(...rendered(body, message.entities ?? message.caption_entities, look.model.bots));
  }
  words.append(stamp(message));
  inside.append(words);
  const given = Object.values(message.reactions ?? {}).flat();
  if (given.length) {
    inside.append(el("div", { class: "reactions" }, given.map((one) => one.emoji ?? "").join(" ")));
  }
  return inside;
}

function stamp(message) {
  const edited = message.edit_date ? "edited " : "";
  return el("time", { class: "stamp", title: full(message.date) }, edited + time(message.date));
}

function quoted(message) {
  return el(
    "button",
    { type: "button", class: "quoted", "data-jump": message.message_id },
    el("b", {}, senderOf(message)),
    el("span", {}, summary(message)),
  );
}

function media(message) {
  if (message.photo) return [picture(message.photo.at(-1), bodyOf(message))];
  if (message.document) return [file(message.document)];
  if (message.location) return [place(message.location)];
  if (message.contact) {
    const name = fullName(message.contact);
    return [card(icon("person"), name, message.contact.phone_number)];
  }
  return [];
}

function fitted(size) {
  const scale = Math.min(1, WIDEST / size.width, TALLEST / size.height);
  return { width: Math.round(size.width * scale), height: Math.round(size.height * scale) };
}

function picture(size, caption) {
  const { width, height } = fitted(size);
  const image = el("img", {
    src: fileAddress(size.file_id),
    alt: caption ? `Picture: ${caption.slice(0, 120)}` : "Picture",
    width,
    height,
  });
  return el("button", { type: "button", class: "picture-open", "data-picture": size.file_id, "aria-label": "Open the picture" }, image);
}

function file(document) {
  const name = document.file_name ?? "unnamed file";
  const tile = card(icon("file"), name, sizeWords(document.file_size ?? 0));
  return el("a", { class: "file", href: fileAddress(document.file_id), download: name }, tile);
}

function place({ latitude, longitude }) {
  return card(icon("place"), "Place", `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`);
}

function card(sign, title, detail) {
  return el("span", { class: "card" }, el("span", { class: "sign" }, sign), el("span", {}, el("b", {}, title), el("small", {}, detail)));
}

function sizeWords(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function keyboard(rows) {
  const button = (one, row, column) =>
    el(
      "button",
      { type: "button", class: `key ${one.style ?? ""}`, "data-row": row, "data-column": column },
      el("span", {}, one.text),
      one.url ? icon("link") : null,
    );
  const line = (row, at) => el("div", { class: "key-row" }, ...row.map((one, column) => button(one, at, column)));
  return el("div", { class: "keyboard", role: "group", "aria-label": "Buttons" }, ...rows.map(line));
}

function actions(message, look) {
  const act = (name, words) =>
    el("button", { type: "button", class: "round small", tabindex: "-1", "data-act": name, "aria-label": words, title: words }, icon(name));
  const offered = [act("reply", "Reply")];
  if (look.mine && "text" in message && !message.via_bot) offered.push(act("edit", "Edit"));
  return el("div", { class: "actions" }, ...offered);
}

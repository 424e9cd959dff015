// A text with its entities as nodes. Offsets count UTF-16 units, as JavaScript's strings do.

import { el } from "./dom.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  blockquote: "blockquote",
};
const WEB = new Set(["http:", "https:", "mailto:", "tel:"]);
const CITATION = /^\[\d+\]$/;

// Where a link into one of our own bots leads: {bot, payload}, or null for any other link.
export function ownLink(address, bots) {
  let url;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`);
  } catch {
    return null;
  }
  let name = null;
  if (url.protocol === "tg:") name = url.searchParams.get("domain");
  else if (["t.me", "telegram.me"].includes(url.hostname)) name = url.pathname.split("/")[1];
  const bot = name && bots.find((one) => one.username?.toLowerCase() === name.toLowerCase());
  return bot ? { bot, payload: url.searchParams.get("start") } : null;
}

export function link(address, children, bots, attributes = {}) {
  let url;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`);
  } catch {
    return el("span", attributes, ...children);
  }
  const own = ownLink(address, bots);
  if (!own && !WEB.has(url.protocol)) return el("span", attributes, ...children);
  return el(
    "a",
    {
      ...attributes,
      href: url.href,
      target: "_blank",
      rel: "noopener noreferrer",
      "data-bot": own?.bot.id,
      "data-start": own?.payload,
    },
    ...children,
  );
}

function wrap(entity, words, children, bots) {
  const tag = TAGS[entity.type];
  if (tag) return el(tag, {}, ...children);
  switch (entity.type) {
    case "pre":
      return el("pre", {}, el("code", {}, ...children));
    case "expandable_blockquote":
      return el("blockquote", { class: "long", tabindex: "0" }, ...children);
    case "spoiler":
      return el("span", { class: "spoiler", tabindex: "0", role: "button", "aria-label": "Hidden text" }, ...children);
    case "text_link": {
      const cite = CITATION.test(words) ? "cite" : undefined;
      return link(entity.url, children, bots, { class: cite, title: cite ? undefined : entity.url });
    }
    case "url":
      return link(words, children, bots);
    case "email":
      return link(`mailto:${words}`, children, bots);
    case "phone_number":
      return link(`tel:${words.replace(/[^+\d]/g, "")}`, children, bots);
    case "mention":
      return ownLink(`https://t.me/${words.slice(1)}`, bots)
        ? link(`https://t.me/${words.slice(1)}`, children, bots)
        : el("span", { class: "mention" }, ...children);
    case "bot_command":
      return el("button", { type: "button", class: "command", "data-command": words }, ...children);
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return el("span", { class: "mention" }, ...children);
    default:
      return el("span", {}, ...children);
  }
}

// Entities that only overlap are cut where the outer one ends and go on behind it.
function pieces(text, from, to, entities, bots) {
  const nodes = [];
  let at = from;
  let waiting = entities;
  while (waiting.length) {
    const [entity, ...others] = waiting;
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= start) {
      waiting = others;
      continue;
    }
    if (start > at) nodes.push(text.slice(at, start));
    const within = others.filter((other) => other.offset < end);
    nodes.push(wrap(entity, text.slice(start, end), pieces(text, start, end, within, bots), bots));
    at = end;
    waiting = others.filter((other) => other.offset + other.length > end);
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

export function rendered(text, entities, bots) {
  const sorted = [...(entities || [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return pieces(text, 0, text.length, sorted, bots);
}

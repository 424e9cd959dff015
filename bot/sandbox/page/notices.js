// What is said over the conversation: short notes, alerts, pictures, and words for screen readers.

import { byId, el, icon } from "./dom.js";

const SHOWN_FOR = 4000;

export function toast(words, bad = false) {
  const note = el("div", { class: bad ? "toast bad" : "toast" }, words);
  byId("toasts").append(note);
  setTimeout(() => note.remove(), SHOWN_FOR);
}

export function alertBox(words) {
  byId("alert-text").textContent = words;
  const box = byId("alert");
  if (!box.open) box.showModal();
}

export function announce(words) {
  const line = el("p", {}, words);
  byId("announce").append(line);
  setTimeout(() => line.remove(), SHOWN_FOR);
}

export function showPicture(address) {
  byId("picture-image").src = address;
  byId("picture").showModal();
}

export function prepareNotices() {
  const picture = byId("picture");
  picture.querySelector("button").append(icon("close"));
  picture.addEventListener("click", () => picture.close());
}

// Carry out what may be refused, and say so if it was.
export async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    toast(error.message, true);
    return null;
  }
}

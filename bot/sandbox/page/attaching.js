// The menu behind the plus: pictures, files, places and one's contact.

import { byId, el, icon } from "./dom.js";

export const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

// hooks: sendFile(file, asPicture), sendPlace({latitude, longitude}), sendContact()
export function prepareAttaching(hooks) {
  const [menu, opener, file] = [byId("attach-menu"), byId("attach"), byId("file")];
  const pick = (accept) => {
    file.accept = accept;
    file.value = "";
    file.click();
  };
  const offers = [
    ["image", "Picture", () => pick([...PICTURES].join(","))],
    ["file", "File", () => pick("")],
    ["place", "Place", () => byId("place").showModal()],
    ["person", "My contact", hooks.sendContact],
  ];
  const show = (shown) => {
    menu.hidden = !shown;
    opener.setAttribute("aria-expanded", String(shown));
    if (shown) menu.firstElementChild.focus();
  };
  for (const [sign, words, act] of offers) {
    const item = el("button", { type: "button", role: "menuitem" }, icon(sign), words);
    item.addEventListener("click", () => {
      show(false);
      act();
    });
    menu.append(item);
  }
  opener.addEventListener("click", () => show(menu.hidden));
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      show(false);
      opener.focus();
    } else if (!stepped(event, [...menu.children])) return;
    event.preventDefault();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.hidden && !menu.contains(event.target) && !opener.contains(event.target)) show(false);
  });
  file.addEventListener("change", () => {
    for (const one of file.files) hooks.sendFile(one, file.accept !== "");
  });
  preparePlace(hooks);
}

function stepped(event, items) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return false;
  items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
  return true;
}

const PLACES = {
  Geneva: [46.2044, 6.1432],
  Brussels: [50.8503, 4.3517],
  Kyiv: [50.4501, 30.5234],
  Berlin: [52.52, 13.405],
  "New York": [40.7128, -74.006],
  Tokyo: [35.6762, 139.6503],
};

function preparePlace(hooks) {
  const [box, form, known] = [byId("place"), byId("place-form"), byId("place-known")];
  known.append(...Object.keys(PLACES).map((name) => el("option", { value: name }, name)));
  known.addEventListener("change", () => {
    [byId("latitude").value, byId("longitude").value] = PLACES[known.value];
  });
  byId("place-cancel").addEventListener("click", () => box.close());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    box.close();
    hooks.sendPlace({ latitude: byId("latitude").valueAsNumber, longitude: byId("longitude").valueAsNumber });
  });
}

// A small form over the page: asking for a name, choosing among people. One at a time.

import { byId, el } from "./dom.js";
import { toast } from "./notices.js";

// act() is carried out when the form is sent; where it is refused, the form stays.
export function openSheet(title, content, submit, act) {
  const box = byId("sheet");
  const form = el("form", { method: "dialog" }, el("h3", { id: "sheet-title" }, title), ...content);
  const cancel = el("button", { type: "button", class: "quiet", onclick: () => box.close() }, submit ? "Cancel" : "Close");
  const buttons = el("div", { class: "buttons" }, cancel);
  if (submit) buttons.append(el("button", { type: "submit" }, submit));
  form.append(buttons);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await act();
      box.close();
    } catch (error) {
      toast(error.message, true);
    }
  });
  box.replaceChildren(form);
  if (!box.open) box.showModal();
  if (!submit) box.querySelector("button")?.focus();
  return box;
}

export function closeSheet() {
  byId("sheet").close();
}

export function field(label, attributes = {}) {
  const input = el("input", { type: "text", autocomplete: "off", ...attributes });
  return {
    node: el("label", {}, label, input),
    get value() {
      return input.value.trim();
    },
  };
}

// choices: [[value, words], …]; kind is "radio" or "checkbox"
export function choice(legend, kind, name, choices, chosen = []) {
  const inputs = choices.map(([value, words]) => {
    const input = el("input", { type: kind, name, value, checked: chosen.includes(value) });
    return { input, node: el("label", { class: "choice" }, input, el("span", { dir: "auto" }, words)) };
  });
  return {
    node: el("fieldset", { class: "choices" }, el("legend", {}, legend), ...inputs.map((one) => one.node)),
    get values() {
      return inputs.filter((one) => one.input.checked).map((one) => one.input.value);
    },
  };
}

export function select(label, options, chosen, attributes = {}) {
  const node = el(
    "select",
    attributes,
    ...options.map(([value, words]) => el("option", { value, selected: value === chosen }, words)),
  );
  return {
    node: el("label", {}, label, node),
    get value() {
      return node.value;
    },
  };
}

// The clock and the replay of the story.

import { post } from "./api.js";
import { byId, el, icon } from "./dom.js";
import { attempt, toast } from "./notices.js";
import { calendar, day, now, setClock, time, zone } from "./times.js";

const HOUR = 3600;

export class Panel {
  constructor() {
    this.replay = null;
    this.busy = false;
    this.openers = [...document.querySelectorAll(".panel-open")];
    for (const opener of this.openers) {
      opener.append(icon("clock"));
      opener.addEventListener("click", () => this.show(!document.body.classList.contains("panel-shown"), opener));
    }
    byId("panel-close").append(icon("close"));
    byId("panel-close").addEventListener("click", () => this.show(false));
    byId("shade").addEventListener("click", () => this.show(false));
    byId("panel").addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.show(false);
    });
    this.build();
    setInterval(() => this.tick(), 1000);
  }

  show(shown, opener = null) {
    document.body.classList.toggle("panel-shown", shown);
    byId("shade").hidden = !shown;
    for (const one of this.openers) one.setAttribute("aria-expanded", String(shown));
    if (shown) {
      this.opener = opener;
      byId("panel-close").focus();
    } else this.opener?.focus();
  }

  build() {
    this.date = el("p", { class: "today" });
    this.hour = el("p", { class: "hour" });
    this.progress = el("progress", { "aria-label": "Documents published so far" });
    this.standing = el("p", { class: "standing" });
    this.next = this.button("primary", "Next morning", () => this.move("next-morning"));
    this.news = this.button("quiet", "Next news", () => this.move("next-news"));
    this.restart = this.button("quiet", "Back to the beginning", () => this.move("restart"));
    this.hints = el("p", { class: "hint" });
    this.replaying = el("section", {}, this.progress, this.standing, this.next, this.news, this.restart, this.hints);
    const jumps = [["An hour later", HOUR], ["A day later", 24 * HOUR]];
    this.jumps = el(
      "section",
      { class: "jumps" },
      ...jumps.map(([words, seconds]) => this.button("quiet", words, () => this.jump(seconds))),
    );
    byId("panel-body").append(el("div", { class: "clock-face" }, this.date, this.hour), this.replaying, this.jumps);
  }

  button(look, words, act) {
    const button = el("button", { type: "button", class: look }, words);
    button.addEventListener("click", act);
    return button;
  }

  set({ clock, replay }) {
    setClock(clock);
    this.replay = replay;
    this.draw();
  }

  tick() {
    const seconds = now() / 1000;
    this.date.textContent = day(seconds);
    this.hour.textContent = `${time(seconds)} ${zone()}`;
  }

  draw() {
    this.tick();
    const { replay } = this;
    this.replaying.hidden = !replay;
    this.jumps.hidden = Boolean(replay);
    if (!replay) return;
    this.progress.max = replay.total || 1;
    this.progress.value = replay.released;
    this.standing.textContent = `Published so far: ${replay.released} of ${replay.total} documents`;
    this.next.disabled = this.busy;
    this.news.disabled = this.busy || !replay.next;
    this.restart.disabled = this.busy;
    this.hints.textContent = replay.next
      ? `The story happens again, a day at a time: each morning what was published by then comes out, and whoever has subscribed gets that day’s digest. The next document is of ${calendar(replay.next)}.`
      : "The whole story is out. Go back to the beginning to see it happen again, a day at a time.";
  }

  async move(where) {
    const before = this.replay.released;
    this.busy = true;
    this.draw();
    const times = await attempt(() => post(`replay/${where}`));
    this.busy = false;
    if (times) {
      this.set(times);
      toast(where === "restart" ? this.restarted() : this.moved(before));
    }
    this.draw();
  }

  restarted() {
    return `Back at the beginning: ${calendar(this.replay.today)}.`;
  }

  moved(before) {
    const came = this.replay.released - before;
    const what = came === 1 ? "one document came out" : `${came || "no"} documents came out`;
    return `${calendar(this.replay.today)}: ${what}.`;
  }

  async jump(seconds) {
    const times = await attempt(() => post("clock", { jump: seconds }));
    if (times) this.set(times);
  }
}

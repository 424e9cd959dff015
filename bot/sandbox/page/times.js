// The sandbox's hour, running on between two messages from the server, and how it is written.

let formats = {};
let base = { at: 0, hour: 0, rate: 1, zone: "UTC" };

export function setClock({ now, rate, zone }) {
  if (zone !== base.zone || !formats.time) {
    const make = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options });
    formats = {
      time: make({ hour: "2-digit", minute: "2-digit" }),
      day: make({ weekday: "long", day: "numeric", month: "long", year: "numeric" }),
      short: make({ day: "numeric", month: "short" }),
      full: make({ dateStyle: "full", timeStyle: "medium" }),
    };
  }
  base = { at: performance.now(), hour: Date.parse(now), rate, zone };
}

export const now = () => base.hour + (performance.now() - base.at) * base.rate;
export const zone = () => base.zone;
export const time = (seconds) => formats.time.format(seconds * 1000);
export const day = (seconds) => formats.day.format(seconds * 1000);
export const full = (seconds) => formats.full.format(seconds * 1000);

// A time on the clock's own day, else a date: for the list of chats.
export function brief(seconds) {
  return day(seconds) === day(now() / 1000) ? time(seconds) : formats.short.format(seconds * 1000);
}

// A plain calendar date (2022-01-12), in words and in no time zone.
export function calendar(date, weekday = true) {
  const options = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  if (weekday) options.weekday = "long";
  return new Intl.DateTimeFormat("en-GB", options).format(Date.parse(`${date}T00:00:00Z`));
}

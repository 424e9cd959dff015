// The control API: requests, and the live feed that reconnects by itself.

export class Refused extends Error {}

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.error || `The sandbox answered ${response.status}.`);
  return body;
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(`/control/${path}`, options);
  } catch {
    throw new Refused("The sandbox does not answer.");
  }
  return answer(response);
}

function given(values) {
  return Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
}

export function get(path, query = {}) {
  const search = new URLSearchParams(given(query));
  return ask(search.size ? `${path}?${search}` : path, {});
}

export function post(path, body = {}) {
  return ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(Object.fromEntries(given(body))),
  });
}

export function upload(kind, fields, file) {
  const form = new FormData();
  for (const [name, value] of given(fields)) form.append(name, value);
  form.append("file", file, file.name);
  return ask(`send/${kind}`, { method: "POST", body: form });
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 8000;

export class Feed {
  // hooks: happened(event), clock(times), reload(), online(boolean)
  constructor(hooks) {
    this.hooks = hooks;
    this.wait = FIRST_WAIT;
    this.timer = 0;
  }

  follow(position) {
    this.stop();
    this.position = position;
    const source = new EventSource(`/control/feed?after=${encodeURIComponent(position)}`);
    this.source = source;
    source.onopen = () => {
      this.wait = FIRST_WAIT;
      this.hooks.online(true);
    };
    source.onmessage = (message) => {
      this.position = message.lastEventId;
      this.hooks.happened(JSON.parse(message.data));
    };
    source.addEventListener("clock", (message) => this.hooks.clock(JSON.parse(message.data)));
    source.addEventListener("reload", () => {
      this.stop();
      this.hooks.reload();
    });
    source.onerror = () => {
      // The browser's own retry gives up after some answers; ours does not.
      this.stop();
      this.hooks.online(false);
      this.timer = setTimeout(() => this.follow(this.position), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    };
  }

  stop() {
    clearTimeout(this.timer);
    this.source?.close();
  }
}

// The control API: how the page speaks with the simulator. Nothing here touches the page itself.

const EVENTS = ["message", "edit", "delete", "toast", "typing", "commands", "persona", "clock", "bot"];
const FIRST_WAIT = 500; // milliseconds
const LONGEST_WAIT = 5000;

async function call(path, options = {}) {
  const response = await fetch(`/control/${path}`, options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `The simulator answered ${response.status}.`);
  return answer;
}

const post = (path, body) =>
  call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

/** The whole state as `user` sees it in one chat; `chat` null for the bot and the people only. */
export const state = (chat, user = chat) => call(chat === null ? "state" : `state?chat=${chat}&user=${user}`);

export const say = (user, chat, text) => post("say", { chat, user, text });
export const press = (user, chat, message, data) => post("press", { chat, user, message, data });
export const edit = (user, chat, message, text) => post("edit", { chat, user, message, text });
export const media = (user, chat, kind) => post("media", { chat, user, kind });
export const block = (user) => post("block", { user });
export const unblock = (user) => post("unblock", { user });
export const forward = (seconds) => post("clock", { advance: seconds });
export const untilMessage = (chat) => post("clock", { until_message: chat });
export const clear = (chat) => post("clear", { chat });
export const addPerson = (person) => post("persona", person);

/**
 * Follow what happens in one chat until `stop()` of what is returned; `reload()` loads the state once more.
 *
 * The state is loaded on every connection, the first one too. What happens while it loads waits and is then
 * handed on in order, so nothing is lost and nothing old stays.
 * @param {number|null} chat
 * @param {{load: () => Promise<void>, lost: () => void, happened: (name: string, data: any) => void}} ears
 */
export function follow(chat, ears) {
  let source = null;
  let wait = FIRST_WAIT;
  let timer = 0;
  let ended = false;
  let connection = 0; // counts loads, so that one that was overtaken changes nothing
  let hand = () => {};

  async function reload() {
    const mine = (connection += 1);
    const waiting = [];
    hand = (name, data) => waiting.push([name, data]);
    try {
      await ears.load();
    } catch {
      if (mine === connection) again();
      return;
    }
    if (mine !== connection || ended) return;
    wait = FIRST_WAIT;
    hand = ears.happened;
    for (const [name, data] of waiting) ears.happened(name, data);
  }

  function again() {
    source?.close();
    if (ended) return;
    connection += 1;
    ears.lost();
    clearTimeout(timer);
    timer = setTimeout(connect, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  function connect() {
    source = new EventSource(chat === null ? "/control/events" : `/control/events?chat=${chat}`);
    source.addEventListener("open", reload);
    source.addEventListener("error", again);
    for (const name of EVENTS) source.addEventListener(name, (event) => hand(name, JSON.parse(event.data)));
  }

  connect();
  function stop() {
    ended = true;
    clearTimeout(timer);
    source.close();
  }

  return { stop, reload };
}

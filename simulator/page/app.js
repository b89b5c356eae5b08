// Ties the parts together: one person at a time looks at their chat with the bot.

import * as api from "./api.js";
import { Chat } from "./chat.js";
import { Clock } from "./clock.js";
import { CommandMenu } from "./commands.js";
import { Composer } from "./composer.js";
import { Controls } from "./controls.js";
import { part } from "./dom.js";
import { linkPressed, startPayload } from "./links.js";
import { alertDialog, ask, showPicture, toast } from "./notices.js";

const LONGEST_TYPING = 6; // seconds, as in Telegram without a new sign

const now = { bot: null, personas: [], me: null, chat: null, groups: [], connected: false, reachable: true };
let following = { stop() {}, async reload() {} };
let payload = startPayload();
let fresh = true; // the next state is that of another chat
let typing = 0;

const clock = new Clock(part("clock"));
const chat = new Chat(part("log"), part("fresh"), {
  pressed, picture: showPicture, command: (name) => attempt(say(name)),
});
const menu = new CommandMenu(part("commands"), part("menu"), part("words"), (command) => attempt(say(command)));
const composer = new Composer(
  { say, edit: (message, text) => api.edit(now.me.id, now.chat, message, text), lastOwn: () => chat.lastOwn },
  menu,
);
const controls = new Controls({
  become,
  enter,
  addPerson,
  forward: (seconds) => attempt(forward(seconds)),
  jump: () => attempt(jump()),
  media: (kind) => attempt(api.media(now.me.id, now.chat, kind)),
  changeLast: () => composer.changeLast(),
  block: () => attempt(turnBlocked()),
  clear: () => attempt(clear()),
});

/** Wait for something that may fail; say so if it does. True when it went well. */
async function attempt(doing) {
  try {
    await doing;
    return true;
  } catch (error) {
    toast(error.message);
    return false;
  }
}

async function say(text) {
  await api.say(now.me.id, now.chat, text);
}

async function pressed(message, button) {
  if (button.url) return openLink(button.url);
  chat.follow(message.id);
  return attempt(chat.presses.press(message.id, button.data, async () =>
    (await api.press(now.me.id, now.chat, message.id, button.data)).query_id));
}

async function openLink(url) {
  const start = linkPressed(url, now.bot.username);
  if (start !== null) {
    if (now.chat !== now.me.id) enter(now.me.id);
    return attempt(say(start));
  }
  if (await ask(`Open this link?\n${url}`, "Open")) window.open(url, "_blank", "noopener,noreferrer");
  return true;
}

async function forward(seconds) {
  clock.set((await api.forward(seconds)).now ?? clock.now() + seconds);
}

async function jump() {
  clock.set((await api.untilMessage(now.chat)).now);
}

async function turnBlocked() {
  await (now.me.blocked ? api.unblock(now.me.id) : api.block(now.me.id));
  await following.reload();
}

async function clear() {
  await api.clear(now.chat);
  await following.reload();
  toast("The view is empty. What the bot stored is still there.");
}

async function addPerson(person) {
  return attempt(api.addPerson(person).then((added) => become(added.id)));
}

function become(id) {
  now.me = { id };
  const address = new URL(location.href);
  address.searchParams.set("as", id);
  history.replaceState(null, "", address);
  enter(id);
}

/** Look at another chat as the same person: their own with the bot, or a group. */
function enter(chatId) {
  now.chat = chatId;
  fresh = true;
  composer.reset();
  listen(chatId);
}

function listen(id) {
  following.stop();
  following = api.follow(id, { load, lost, happened });
}

/** Load everything anew and show it. */
async function load() {
  const [id, chatId] = [now.me.id, now.chat];
  const state = await api.state(chatId, id);
  if (id !== now.me.id || chatId !== now.chat) return;
  now.bot = state.bot;
  now.personas = state.personas;
  now.groups = state.groups;
  now.connected = state.bot.connected;
  now.reachable = true;
  clock.set(state.now);
  menu.set(state.chat.commands ?? state.bot.commands ?? []);
  stopTyping();
  chat.replace(state.chat.messages, fresh);
  fresh = false;
  show();
}

function lost() {
  now.reachable = false;
  show();
}

const HEARD = {
  message: (data) => {
    if (data.from === "bot") stopTyping();
    chat.put(data);
    showFoot();
  },
  edit: (data) => chat.put(data),
  delete: (data) => {
    chat.remove(data.id);
    showFoot();
  },
  toast: (data) => {
    chat.presses.answered(data.query_id);
    if (data.text && data.alert) alertDialog(data.text);
    else if (data.text) toast(data.text);
  },
  typing: (data) => startTyping(data.until - clock.now()),
  commands: (data) => menu.set(data.commands),
  persona: (data) => {
    const others = now.personas.filter((one) => one.id !== data.id);
    now.personas = [...others, data].sort((one, other) => one.id - other.id);
    show();
  },
  clock: (data) => clock.set(data.now),
  bot: (data) => {
    now.connected = data.connected;
    show();
  },
};

function happened(name, data) {
  HEARD[name](data);
}

function startTyping(seconds) {
  clearTimeout(typing);
  typing = setTimeout(stopTyping, 1000 * Math.min(Math.max(seconds, 1), LONGEST_TYPING));
  part("status").textContent = "typing";
  part("status").classList.add("typing");
}

function stopTyping() {
  clearTimeout(typing);
  part("status").classList.remove("typing");
  if (now.me?.first_name) part("status").textContent = `You are ${now.me.first_name}, ${now.me.role}`;
}

function show() {
  const line = part("connection");
  const words = !now.reachable
    ? "The simulator does not answer. Trying again."
    : now.connected ? "" : "The bot is not connected. What you write waits for it.";
  if (line.textContent !== words) line.textContent = words;
  line.hidden = words === "";
  if (now.bot === null) return;
  now.me = now.personas.find((one) => one.id === now.me.id) ?? now.me;
  part("bot-name").textContent = now.bot.first_name;
  part("hint-bot").textContent = now.bot.description ?? "";
  part("avatar").textContent = [...now.bot.first_name][0];
  document.title = `${now.bot.first_name}: practice chat`;
  if (!part("status").classList.contains("typing")) stopTyping();
  controls.people(now.personas, now.me);
  controls.places(now.groups, now.me, now.chat);
  part("log").classList.toggle("group", now.chat !== now.me.id);
  part("hint-tip").textContent = now.me.tip ? `As ${now.me.first_name}: ${now.me.tip}` : "";
  part("hint-tip").hidden = !now.me.tip;
  showFoot();
}

function showFoot() {
  part("hint").hidden = !chat.isEmpty;
  if (now.me.blocked && now.chat === now.me.id) {
    composer.offer("You have blocked this bot.", "UNBLOCK AND RESTART", () => attempt(restart()));
  } else if (now.chat === now.me.id && (chat.isEmpty || payload !== "")) {
    composer.offer("", "START", () => attempt(start()));
  } else {
    composer.writeAs(now.me.first_name);
  }
}

async function start() {
  const given = payload;
  await say(given === "" ? "/start" : `/start ${given}`);
  payload = "";
  const address = new URL(location.href);
  address.searchParams.delete("start"); // a page loaded again does not offer it again
  history.replaceState(null, "", address);
  showFoot();
}

async function restart() {
  await turnBlocked();
  await say("/start");
}

async function open() {
  const wanted = Number(new URL(location.href).searchParams.get("as"));
  const { personas } = await api.state(null);
  now.me = personas.find((one) => one.id === wanted) ?? personas[0];
  now.chat = now.me.id;
  listen(now.chat);
}

async function openUntilItWorks() {
  try {
    await open();
  } catch {
    lost();
    setTimeout(openUntilItWorks, 1000);
  }
}

part("log").addEventListener("click", (event) => {
  const link = event.target.closest("a[target]");
  if (link === null || linkPressed(link.href, now.bot.username) === null) return;
  event.preventDefault();
  openLink(link.href);
});
openUntilItWorks();

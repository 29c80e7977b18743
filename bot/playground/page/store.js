// What the page knows: the world's state, which chat is open, what was read, which taps wait for an answer.

import { setClock } from "./clock.js";

const READ_KEY = "playground.read";

export const store = {
  online: false,
  ready: false,
  world: null,
  bot: { name: "Playground", username: "" },
  people: [],
  /** The room and the numbers of the mails that arrived, where the playground takes mail. */
  mail: null,
  /** Whether there is a panel of payments. */
  payments: false,
  /** Whether that panel offers the bank's statements. */
  bank: false,
  /** Whether one can travel in time, and whether somebody is on the way. */
  timeTravel: false,
  travelling: false,
  chats: new Map(),
  openId: null,
  /** Chat id → the moment until which the bot is typing. */
  typing: new Map(),
  /** Tap keys whose spinner turns, see `tapKey`. */
  pending: new Set(),
  /** Query id → tap key. */
  queries: new Map(),
  /** Answers that came before the server said which query the tap had become. */
  early: new Set(),
};

let read = {};

/** Take over a whole state; tells whether the world is another one than before. */
export function takeState(state) {
  const changed = store.world !== null && store.world !== state.world;
  if (store.world !== state.world) {
    store.world = state.world;
    store.pending.clear();
    store.queries.clear();
    store.typing.clear();
    read = loadRead(state.world);
  }
  store.bot = state.bot;
  store.people = state.people;
  store.mail = state.mail;
  store.payments = state.payments;
  store.bank = state.bank;
  store.timeTravel = state.clock !== null;
  setClock(state.clock);
  store.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
  store.ready = true;
  if (store.openId !== null && !store.chats.has(store.openId)) store.openId = null;
  return changed;
}

/**
 * Apply a single event to the chat that it concerns, and tell what it turned out to be: a message that a whole state
 * has brought already is not new when its own event follows.
 */
export function takeEvent(event) {
  if (event.type === "mail") {
    if (store.mail) store.mail.numbers = event.numbers;
    return null;
  }
  const chat = store.chats.get(event.chat_id);
  if (!chat) return null;
  if (event.type === "sent" || event.type === "edited") {
    const index = chat.messages.findIndex((message) => message.message_id === event.message.message_id);
    if (event.type === "sent") store.typing.delete(chat.id);
    if (index >= 0) {
      chat.messages[index] = event.message;
      return "edited";
    }
    if (event.type === "sent") {
      chat.messages.push(event.message);
      takeReplyKeyboard(chat, event.message);
    }
    return event.type === "sent" ? "sent" : null;
  }
  if (event.type === "deleted") {
    chat.messages = chat.messages.filter((message) => !event.message_ids.includes(message.message_id));
  }
  return event.type;
}

/** A message of the bot may bring a reply keyboard or take it away; one that is for once is gone when it was used. */
function takeReplyKeyboard(chat, message) {
  if (message.reply_keyboard) chat.reply_keyboard = message.reply_keyboard;
  else if (message.removes_keyboard) chat.reply_keyboard = null;
  else if (!message.from.is_bot && chat.reply_keyboard?.one_time && isReply(chat.reply_keyboard, message)) chat.reply_keyboard = null;
}

function isReply(keyboard, message) {
  return keyboard.rows.flat().some((button) => (button.request_contact ? Boolean(message.contact) : message.text === button.text));
}

/** Keep a leap of a chat; tells whether it is new: a whole state may have brought it already. */
export function takeLeap(chatId, leap) {
  const leaps = store.chats.get(chatId)?.leaps;
  if (!leaps || leaps.some((known) => known.at === leap.at && known.after === leap.after)) return false;
  leaps.push(leap);
  return true;
}

export function openChat() {
  return store.chats.get(store.openId) ?? null;
}

export function persona(chatId) {
  return store.people.find((person) => person.chat_id === chatId) ?? null;
}

/** What a persona, or the chat of nobody in particular, is called in the language of the page. */
export function nameOf(chat, language) {
  return persona(chat.id)?.words[language]?.name ?? chat.name;
}

/** The language of somebody's app: who speaks the page's takes it up at Start, and until then has it here too. */
export function languageOf(chat, language) {
  return persona(chat.id)?.polyglot && !chat.messages.length ? language : chat.language;
}

/** What the bot says of itself in an empty chat, in the person's language if it has words for it. */
export function descriptionOf(chat, language) {
  return chat.descriptions[languageOf(chat, language)] || chat.descriptions[""] || "";
}

export function noteOf(person, language) {
  return person.words[language]?.note ?? person.note;
}

export function tapKey(chatId, messageId, data) {
  return JSON.stringify([chatId, messageId, data]);
}

export function unread(chat) {
  const seen = read[chat.id] ?? 0;
  return chat.messages.filter((message) => message.from.is_bot && message.message_id > seen).length;
}

export function markRead(chat) {
  const last = chat.messages.at(-1)?.message_id ?? 0;
  if ((read[chat.id] ?? 0) >= last) return;
  read[chat.id] = last;
  try {
    sessionStorage.setItem(READ_KEY, JSON.stringify({ world: store.world, read }));
  } catch {
    // Without storage, a reload shows the badges again.
  }
}

function loadRead(world) {
  try {
    const stored = JSON.parse(sessionStorage.getItem(READ_KEY));
    return stored?.world === world ? stored.read : {};
  } catch {
    return {};
  }
}

// Puts the page together: events in, drawings out, and what a person does to the server.

import * as api from "./api.js";
import { now, setClock } from "./clock.js";
import { Conversation } from "./conversation.js";
import { KEY as READ_MAILS } from "./mail-read.js";
import { alertBox, lightbox, toast } from "./overlay.js";
import { Payments } from "./payments.js";
import { drawPeople } from "./people.js";
import { markRead, openChat, persona, store, takeEvent, takeLeap, takeState, tapKey } from "./store.js";
import { pageLanguage, switchLanguage, words } from "./strings.js";
import { dayKey } from "./time.js";

const TYPING_MS = 5000;
const ANSWER_MS = 20000;
const CLOCK_MS = 10000;
const WIDE = matchMedia("(min-width: 781px)");

const people = document.getElementById("people");
const conversation = new Conversation(document.getElementById("chat"), {
  onSend: (text) => attempt(api.sendText(store.openId, text)),
  onReply: (label) => attempt(api.reply(store.openId, label)),
  onCommand: (command) => attempt(api.sendText(store.openId, command)),
  onStart: () => attempt(api.start(store.openId, pageLanguage())),
  onRenew: renew,
  onClear: (chatId) => attempt(api.clear(chatId)),
  onBlock: (chatId, blocked) => attempt(api.block(chatId, blocked)),
  onBack: () => show(null),
  onTap: tap,
  onLink: followLink,
  onCopy: copy,
  onPhoto: lightbox,
  onNext,
  onPayments: () => payments.toggle(),
  paymentsOpen: () => payments.isOpen,
  paymentAwaited: (chat) => payments.awaits(chat),
});
const payments = new Payments(document.getElementById("payments"), () => conversation.drawHeader());

async function attempt(promise) {
  try {
    return await promise;
  } catch (error) {
    toast(error instanceof TypeError ? words().failed : error.message);
    return null;
  }
}

function drawSide() {
  drawPeople(people, { onOpen: show, onRenew: renew, onLanguage: changeLanguage });
}

function drawAll() {
  document.documentElement.lang = pageLanguage();
  document.title = words().title(store.bot.name);
  document.body.dataset.view = store.openId === null ? "people" : "chat";
  payments.draw();
  conversation.draw();
  drawSide();
}

/** Open a chat, or none; the address keeps it, so that Back and a reload do what one expects. */
function show(chatId, { replace = false } = {}) {
  if (chatId === store.openId) return;
  const address = chatId === null ? location.pathname : `#chat-${chatId}`;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  openFromAddress();
}

function openFromAddress() {
  const chatId = Number(location.hash.replace("#chat-", ""));
  store.openId = store.chats.has(chatId) ? chatId : null;
  drawAll();
}

async function renew(chatId) {
  show(chatId);
  await attempt(api.start(chatId, pageLanguage(), persona(chatId).payload));
}

async function tap(message, data, node) {
  const chatId = store.openId;
  const key = tapKey(chatId, message.message_id, data);
  if (store.pending.has(key)) return;
  store.pending.add(key);
  node.setAttribute("aria-busy", "true");
  const answer = await attempt(api.tap(chatId, message.message_id, data));
  if (answer === null || store.early.delete(answer.query_id)) {
    settle(key);
    return;
  }
  store.queries.set(answer.query_id, key);
  setTimeout(() => answered(answer.query_id), ANSWER_MS);
}

/** Go on to the next event of the open chat. What happens then comes as events; here comes what stood in the way. */
async function onNext() {
  if (store.travelling) return;
  store.travelling = true;
  conversation.showTime();
  conversation.follow();
  const answer = await attempt(api.nextEvent(store.openId));
  store.travelling = false;
  conversation.showTime();
  if (answer?.busy) toast(words().travelBusy);
  else if (answer && !answer.leap) toast(words().travelEnd);
}

function timePassed(event) {
  setClock(event.clock);
  const isNew = event.leap && takeLeap(event.chat_id, event.leap);
  if (isNew && event.chat_id === store.openId) conversation.leapt(event.leap);
  newDay();
}

let shownDay = dayKey(now());

/** The time has passed: names such as "today" may stand for another day now. */
function newDay() {
  conversation.showTime();
  if (shownDay === dayKey(now())) return;
  shownDay = dayKey(now());
  conversation.nameDays();
  drawSide();
}

function answered(queryId) {
  const key = store.queries.get(queryId);
  if (key === undefined) return;
  store.queries.delete(queryId);
  settle(key);
}

function settle(key) {
  store.pending.delete(key);
  const [chatId, messageId, data] = JSON.parse(key);
  if (chatId === store.openId) conversation.settle(messageId, data);
}

/** A link to the bot itself opens the bot here; every other one opens a tab of its own. */
function followLink(event, url) {
  const own = new RegExp(`^(?:https?://t\\.me/${store.bot.username}/?\\?|tg://resolve\\?(?:.*&)?domain=${store.bot.username}&)`, "i");
  if (!own.test(url)) return;
  event.preventDefault();
  attempt(api.start(store.openId, pageLanguage(), new URLSearchParams(url.split("?")[1]).get("start")));
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(words().copied(text));
  } catch {
    toast(words().copyFailed);
  }
}

function changeLanguage() {
  switchLanguage();
  drawAll();
}

function typing(chatId) {
  const until = Date.now() + TYPING_MS;
  store.typing.set(chatId, until);
  setTimeout(() => {
    if (store.typing.get(chatId) === until) store.typing.delete(chatId);
    drawSide();
    if (chatId === store.openId) conversation.drawHeader();
  }, TYPING_MS);
}

function onState(state) {
  const first = !store.ready;
  const before = openChat();
  const restarted = takeState(state);
  if (restarted) toast(words().restarted);
  if (first) {
    openFromAddress();
    for (const person of store.people) {
      if (person.at_home && !store.chats.get(person.chat_id).messages.length) attempt(api.start(person.chat_id, pageLanguage()));
    }
    if (store.openId === null && WIDE.matches && store.chats.size) show([...store.chats.keys()][0], { replace: true });
  } else if (before === null || JSON.stringify(before) !== JSON.stringify(openChat())) {
    drawAll();
  } else {
    conversation.drawHeader();
    drawSide();
  }
  newDay();
}

function onEvent(event) {
  if (event.type === "state") {
    onState(event);
    return;
  }
  if (event.type === "time") {
    timePassed(event);
    return;
  }
  if (event.type === "answered") {
    if (store.queries.has(event.query_id)) answered(event.query_id);
    else store.early.add(event.query_id);
    if (event.chat_id === store.openId) showAnswer(event);
    return;
  }
  if (event.type === "action") typing(event.chat_id);
  const happened = takeEvent(event);
  if (event.chat_id === store.openId) {
    if (happened === "sent") conversation.sent(event.message);
    else if (happened === "edited") conversation.edited(event.message);
    else if (happened === "deleted") conversation.deleted(event.message_ids);
    payments.refresh();
  }
  conversation.drawHeader();
  drawSide();
}

function showAnswer(event) {
  if (event.url) followLink({ preventDefault() {} }, event.url);
  if (!event.text) return;
  if (event.show_alert) alertBox(store.bot.name, event.text);
  else toast(event.text);
}

function onLine(online) {
  if (store.online === online) return;
  store.online = online;
  document.body.classList.toggle("offline", !online);
  if (!online) {
    // What was on its way is lost: no button may wait for ever.
    for (const key of [...store.pending]) settle(key);
    store.queries.clear();
  }
  conversation.drawHeader();
}

window.addEventListener("popstate", openFromAddress);
// A mail was read on the mail page, in another tab or before coming back from it.
window.addEventListener("storage", (event) => event.key === READ_MAILS && drawSide());
window.addEventListener("pageshow", (event) => event.persisted && drawSide());
document.addEventListener("visibilitychange", () => {
  const chat = openChat();
  if (chat && document.visibilityState === "visible") {
    markRead(chat);
    drawSide();
  }
});

setInterval(newDay, CLOCK_MS);
drawAll();
api.listen(onEvent, onLine);

// The open chat: its header, its messages, its foot. Messages are drawn once and changed one by one, so that an edit
// moves nothing else on the screen.

import { bubble, shownText } from "./bubble.js";
import { composer } from "./composer.js";
import { avatar, el, icon, iconButton } from "./dom.js";
import { menu } from "./overlay.js";
import { descriptionOf, markRead, nameOf, noteOf, openChat, persona, store, unread } from "./store.js";
import { pageLanguage, words } from "./strings.js";
import { dayKey, dayName, longDay } from "./time.js";
import { happened, leapLine, showTime, timeBar } from "./travel.js";

const NEAR_END = 80;
const GROUP_SECONDS = 300;
/** Scrolling by hand may glide on for so long after the finger has left. */
const GLIDE_MS = 3000;

export class Conversation {
  /**
   * @param {HTMLElement} root where the chat is drawn
   * @param {Object} actions what its parts do: those of `bubble` and `composer`, and `onBack`, `onRenew`, `onClear`,
   *     `onBlock`, `onStart`, `onNext`, `onPayments`; `paymentsOpen` and `paymentAwaited` tell of the panel of payments
   */
  constructor(root, actions) {
    this.root = root;
    this.actions = actions;
    this.log = null;
    this.foot = null;
    this.bar = null;
    this.footKey = "";
    this.drawnId = null;
    /** Whether the end of the chat stays in view: until the person scrolls away from it. */
    this.following = true;
    this.lastTop = 0;
    this.handAt = 0;
    /** Whatever makes the chat lower or its messages higher must not take its end out of sight. */
    this.resizing = new ResizeObserver(() => this.stayAtEnd());
  }

  /** Draw the open chat anew, or the invitation to choose one. */
  draw() {
    const chat = openChat();
    if (!chat) {
      this.log = null;
      this.bar = null;
      this.drawnId = null;
      this.root.replaceChildren(el("p", { class: "pill chat-pick" }, store.ready ? words().pick : words().connecting));
      return;
    }
    const writing = this.drawnId === chat.id && this.foot.contains(document.activeElement);
    this.drawnId = chat.id;
    this.log = el("div", { class: "log", role: "log", "aria-live": "off", tabIndex: -1, data: { testid: "log" } });
    this.toLast = el(
      "button",
      { type: "button", class: "to-last", "aria-label": words().toLast, hidden: true, onclick: () => this.scrollToEnd(true) },
      icon("down"),
    );
    this.log.addEventListener("scroll", () => this.followScroll(), { passive: true });
    for (const hand of ["wheel", "touchmove", "pointerdown", "keydown"]) {
      this.log.addEventListener(hand, (event) => byHand(event, this.log) && (this.handAt = Date.now()), { passive: true });
    }
    this.log.addEventListener("load", () => this.stayAtEnd(), true);
    this.resizing.disconnect();
    this.resizing.observe(this.log);
    this.foot = el("footer", { class: "chat-foot" });
    this.bar = store.timeTravel ? timeBar(chat, this.actions) : null;
    this.root.replaceChildren(
      ...[this.header(chat), this.bar, el("div", { class: "chat-body" }, this.log, this.toLast), this.foot].filter(Boolean),
    );
    this.drawMessages(chat);
    this.drawFoot(chat, true);
    if (writing) this.foot.querySelector("textarea")?.focus();
    this.scrollToEnd(false);
    this.read(chat);
  }

  header(chat) {
    const elsewhere = [...store.chats.values()].filter((other) => other.id !== chat.id).reduce((sum, other) => sum + unread(other), 0);
    const options = iconButton("more", words().options, () => menu(options, "menu-options", this.options(chat)), {
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      data: { testid: "options" },
    });
    return el(
      "header",
      { class: "chat-header" },
      el(
        "button",
        { type: "button", class: "icon-button chat-back", "aria-label": words().back, data: { testid: "back" }, onclick: this.actions.onBack },
        icon("back"),
        elsewhere > 0 && el("span", { class: "badge" }, String(elsewhere)),
      ),
      avatar(store.bot.name, 0, "small bot"),
      el("div", { class: "chat-title" }, el("h2", {}, store.bot.name), this.status(chat)),
      store.payments && this.paymentsButton(chat),
      el("span", { class: "menu-anchor" }, options),
    );
  }

  /** The way to the panel of payments; it is marked where there is something to pay. */
  paymentsButton(chat) {
    const open = this.actions.paymentsOpen();
    const marked = !open && this.actions.paymentAwaited(chat);
    return iconButton("payment", words().payments, this.actions.onPayments, {
      class: `icon-button payments-button ${marked ? "marked" : ""}`,
      "aria-expanded": String(open),
      data: { testid: "payments-toggle" },
    });
  }

  status(chat) {
    if (!store.online) return el("p", { class: "chat-status offline", data: { testid: "status" } }, words().offline);
    if (store.typing.has(chat.id)) {
      return el("p", { class: "chat-status typing", data: { testid: "status" } }, words().typing, el("span", { class: "dots", "aria-hidden": "true" }));
    }
    return el("p", { class: "chat-status", data: { testid: "status" } }, `bot · ${words().as(nameOf(chat, pageLanguage()))}`);
  }

  /** Draw the header again: the state of the connection, typing, unread messages elsewhere. */
  drawHeader() {
    const chat = openChat();
    const header = this.root.querySelector(".chat-header");
    if (!chat || !header || header.querySelector(".menu")) return;
    const focused = header.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
    header.replaceWith(this.header(chat));
    if (focused) this.root.querySelector(`.chat-header [data-testid="${focused}"]`)?.focus();
  }

  options(chat) {
    const renew = { label: words().optionRenew, testid: "option-renew", onChoose: () => this.actions.onRenew(chat.id) };
    return [
      ...(persona(chat.id)?.payload ? [renew] : []),
      { label: words().optionStart, testid: "option-start", onChoose: () => this.actions.onStart() },
      { label: words().optionClear, testid: "option-clear", onChoose: () => this.actions.onClear(chat.id) },
      {
        label: chat.blocked ? words().optionUnblock : words().optionBlock,
        danger: !chat.blocked,
        testid: "option-block",
        onChoose: () => this.actions.onBlock(chat.id, !chat.blocked),
      },
    ];
  }

  drawMessages(chat) {
    if (!chat.messages.length) {
      this.log.replaceChildren(this.emptyChat(chat));
      return;
    }
    this.log.replaceChildren(el("div", { class: "log-space" }));
    const leaps = [...chat.leaps];
    for (const message of chat.messages) {
      while (leaps.length && leaps[0].after < message.message_id) this.log.append(leapLine(leaps.shift()));
      this.place(chat, message);
    }
    this.log.append(...leaps.map(leapLine));
    this.group();
  }

  emptyChat(chat) {
    const person = persona(chat.id);
    // Who has no chat yet is told by e-mail: here it says so.
    const told = chat.leaps.at(-1);
    const description = descriptionOf(chat, pageLanguage());
    return el(
      "div",
      { class: "empty" },
      told && leapLine(told),
      el(
        "section",
        { class: "empty-card" },
        avatar(store.bot.name, 0, "large bot"),
        el("h3", {}, store.bot.name),
        description
          ? [el("strong", {}, words().whatCanItDo), el("p", { class: "description" }, description)]
          : el("p", {}, words().emptyChat),
      ),
      person?.payload &&
        el(
          "section",
          { class: "letter", data: { testid: "letter" } },
          el("h3", {}, icon("letter"), words().noticeFrom),
          el("p", {}, person.notice || noteOf(person, pageLanguage())),
          el(
            "button",
            { type: "button", class: "letter-renew", data: { testid: "letter-renew" }, onclick: () => this.actions.onRenew(chat.id) },
            words().renew,
          ),
        ),
    );
  }

  /** Put a message at the end, after its day if it is a new one. */
  place(chat, message) {
    const day = dayKey(message.date);
    if (this.log.lastElementChild?.dataset.day !== day) {
      const known = [...this.log.querySelectorAll(".day")].at(-1)?.dataset.day;
      if (known !== day) this.log.append(el("div", { class: "day", data: { day, date: String(message.date) } }, el("span", { class: "pill" }, dayName(message.date))));
    }
    const node = bubble(chat, message, this.actions);
    node.dataset.date = String(message.date);
    this.log.append(node);
    return node;
  }

  /** Mark which bubbles begin and end a run of the same side: only the last one has a tail. */
  group() {
    const nodes = [...this.log.children].filter((node) => !node.classList.contains("log-space"));
    nodes.forEach((node, index) => {
      if (!node.dataset.side) return;
      const next = nodes[index + 1];
      const goesOn =
        next?.dataset.side === node.dataset.side &&
        Number(next.dataset.date) - Number(node.dataset.date) < GROUP_SECONDS &&
        !node.classList.contains("with-keyboard");
      node.classList.toggle("last", !goesOn);
    });
  }

  /** A message of the open chat appeared. */
  sent(message) {
    const chat = openChat();
    if (!this.log || this.log.querySelector(".empty")) {
      this.draw();
    } else {
      const follow = this.following || !message.from.is_bot;
      const node = this.place(chat, message);
      node.classList.add("fresh");
      this.group();
      this.drawFoot(chat);
      if (follow && node.offsetHeight > this.log.clientHeight) this.scrollToStartOf(node);
      else if (follow) this.scrollToEnd(true);
      else this.toLast.hidden = false;
    }
    this.read(chat);
    if (message.from.is_bot) announce(message);
  }

  /** A message of the open chat shows something else. */
  edited(message) {
    const old = document.getElementById(`message-${message.message_id}`);
    if (!old || !this.log) return;
    const focused = old.contains(document.activeElement) ? keyPosition(old, document.activeElement) : null;
    const node = bubble(openChat(), message, this.actions);
    node.dataset.date = String(message.date);
    old.replaceWith(node);
    this.group();
    if (focused) keyAt(node, focused)?.focus({ preventScroll: true });
    if (this.following) this.scrollToEnd(false);
    announce(message);
  }

  /** Messages of the open chat are gone. */
  deleted(messageIds) {
    for (const id of messageIds) document.getElementById(`message-${id}`)?.remove();
    for (const day of this.log?.querySelectorAll(".day:not(.leap)") ?? []) {
      if (!day.nextElementSibling?.dataset.side) day.remove();
    }
    if (this.log && !openChat().messages.length) this.draw();
    else if (this.log) this.group();
  }

  /** The time was moved for this chat: the line says so above what was said since. */
  leapt(leap) {
    announceText(`${longDay(leap.at)}: ${happened(leap)}`);
    if (!this.log) return;
    if (this.log.querySelector(".empty")) {
      this.drawMessages(openChat());
      return;
    }
    const line = leapLine(leap);
    const next = [...this.log.querySelectorAll("[data-message-id]")].find((node) => Number(node.dataset.messageId) > leap.after);
    if (!next) {
      this.log.append(line);
    } else {
      const day = next.previousElementSibling;
      if (day?.matches(`.day:not(.leap)[data-day="${line.dataset.day}"]`)) day.replaceWith(line);
      else next.before(line);
    }
    this.group();
    this.stayAtEnd();
  }

  /** What comes now is what somebody waits for. */
  follow() {
    if (this.log) this.scrollToEnd(true);
  }

  /** What time it is, and whether somebody is on the way. */
  showTime() {
    const chat = openChat();
    if (this.bar && chat) showTime(this.bar, chat);
  }

  /** Another day has begun: name them all anew. */
  nameDays() {
    for (const day of this.log?.querySelectorAll(".day:not(.leap)") ?? []) {
      day.querySelector(".pill").textContent = dayName(Number(day.dataset.date));
    }
  }

  /** A tap was answered, or given up: its button stands still. */
  settle(messageId, data) {
    const node = document.getElementById(`message-${messageId}`);
    for (const key of node?.querySelectorAll('.key[aria-busy="true"]') ?? []) {
      if (key.dataset.data === data) key.removeAttribute("aria-busy");
    }
  }

  drawFoot(chat, always = false) {
    const last = chat.messages.at(-1);
    const key = JSON.stringify([chat.id, chat.blocked, !chat.messages.length, chat.commands, last?.force_reply ?? null, chat.reply_keyboard]);
    if (!always && key === this.footKey) return;
    this.footKey = key;
    const focused = this.foot.contains(document.activeElement);
    this.foot.replaceChildren(composer(chat, this.actions));
    if (focused || last?.force_reply) this.foot.querySelector("textarea")?.focus();
  }

  isNearEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_END;
  }

  scrollToEnd(smooth) {
    this.following = true;
    this.toLast.hidden = true;
    const behavior = smooth && !matchMedia("(prefers-reduced-motion: reduce)").matches ? "smooth" : "instant";
    this.log.scrollTo({ top: this.log.scrollHeight, behavior });
  }

  /** A message that is taller than the window is read from its beginning. */
  scrollToStartOf(node) {
    this.following = false;
    this.log.scrollTo({ top: node.offsetTop - this.log.offsetTop - 6, behavior: "instant" });
    this.toLast.hidden = false;
  }

  stayAtEnd() {
    if (this.log && this.following) this.scrollToEnd(false);
  }

  /** Scrolling up by hand means reading back; reaching the end means following again. */
  followScroll() {
    const up = this.log.scrollTop < this.lastTop && Date.now() - this.handAt < GLIDE_MS;
    this.lastTop = this.log.scrollTop;
    if (this.isNearEnd()) this.following = true;
    else if (up) this.following = false;
    this.toLast.hidden = this.following;
  }

  read(chat) {
    if (document.visibilityState === "visible") markRead(chat);
  }
}

/** Whether this begins a scroll: a tap on a button does not, a press on the scroll bar, which is the log's own, does. */
function byHand(event, log) {
  if (event.type === "pointerdown") return event.target === log;
  return event.type !== "keydown" || ["ArrowUp", "PageUp", "Home", " "].includes(event.key);
}

/** Say a message to those who do not see it. */
function announce(message) {
  announceText(shownText(message));
}

function announceText(text) {
  document.getElementById("announcer").textContent = text;
}

function keyPosition(node, key) {
  const rows = [...node.querySelectorAll(".keyboard-row")];
  const row = rows.findIndex((candidate) => candidate.contains(key));
  return row < 0 ? null : { row, column: [...rows[row].children].indexOf(key) };
}

function keyAt(node, { row, column }) {
  const rows = node.querySelectorAll(".keyboard-row");
  return rows[Math.min(row, rows.length - 1)]?.children[column] ?? rows[0]?.children[0];
}

// The panel of payments: whoever tries the bot plays the operator's system too, which reports what was paid and invoiced.
//
// It prefills what the chat shows, and where there is a bank what that knows to be due, which texts tell of in many ways.
// A person could type the same. The server signs and sends.

import * as api from "./api.js";
import { el, iconButton } from "./dom.js";
import { decimal, ordersIn, parseAmount } from "./orders.js";
import { toast } from "./overlay.js";
import { Statements } from "./statements.js";
import { openChat, store } from "./store.js";
import { words } from "./strings.js";
import { clockTime } from "./time.js";

const KEY = "playground.payments";
const COLUMN = matchMedia("(min-width: 1101px)");
const MORE_CENTS = 1000;
const SHOWN_CALLS = 40;
const OK = 200;

export class Payments {
  /**
   * @param {HTMLElement} root the column that it stands in where there is room for one; elsewhere it is a sheet
   * @param {() => void} onChange called when it opens or closes, and when an order may have been paid
   */
  constructor(root, onChange) {
    this.root = root;
    this.onChange = onChange;
    this.calls = [];
    this.loaded = null;
    this.chatId = null;
    this.sheet = null;
    /** Whether somebody typed in the fields: what the chat says later does not change them. */
    this.touched = false;
    /** The orders of this chat so far: one that is new is shown, and stays until there is another. */
    this.known = new Set();
    this.statements = new Statements();
    /** What orders ask for, in cents by their numbers, and the orders of the chat when that was asked; null until then. */
    this.awaited = null;
    this.asking = null;
    /** What each order asked for last, in cents by its number: who pays it once more pays as much. */
    this.asked = new Map();
    this.column = remembered();
    COLUMN.addEventListener("change", () => this.draw());
  }

  get isOpen() {
    return this.sheet !== null || document.body.classList.contains("with-payments");
  }

  /** Show it where it belongs: the open chat, the language or the width of the window has changed. */
  draw() {
    const chat = openChat();
    if (!store.payments || !chat) {
      this.hide();
      return;
    }
    if (this.loaded !== store.world) this.load();
    const other = this.chatId !== chat.id;
    if (other) this.known.clear();
    this.chatId = chat.id;
    const kept = other || !this.node ? null : [this.order.value, this.amount.value, this.part.value];
    this.node = this.build();
    if (kept) [this.order.value, this.amount.value, this.part.value] = [kept[0], rewritten(kept[1]), rewritten(kept[2])];
    else this.touched = false;
    this.refresh();
    this.drawCalls();
    this.place();
  }

  /** The chat says something new. */
  refresh() {
    this.show();
    if (store.bank && store.payments) this.ask();
  }

  /** Ask what is due, and show it; what is asked meanwhile is asked once more behind it. */
  async ask() {
    if (this.asking) {
      this.asking.again = true;
      return;
    }
    const asking = { again: true };
    this.asking = asking;
    try {
      while (asking.again) {
        asking.again = false;
        const numbers = new Set(ordersIn(openChat()?.messages ?? []).map((order) => order.number));
        this.awaited = { cents: await api.awaited(), numbers };
        for (const [number, cents] of Object.entries(this.awaited.cents)) this.asked.set(number, cents);
      }
    } catch {
      this.awaited = null; // the server is away: what the chat says is the best there is
    }
    this.asking = null;
    this.show();
    this.onChange();
  }

  /**
   * The orders of a chat with what they ask for, or asked for last: 0 where that is not known, null where nobody said it;
   * and whether it is known that they ask for nothing.
   */
  ordersOf(chat) {
    return ordersIn(chat?.messages ?? []).map(({ number, cents }) => {
      const due = this.awaited?.cents[number];
      if (due !== undefined) return { number, cents: due, isOver: false };
      const isOver = this.awaited?.numbers.has(number) ?? false;
      return { number, cents: isOver ? (this.asked.get(number) ?? 0) : cents, isOver };
    });
  }

  show() {
    const chat = openChat();
    if (!this.node || !chat || chat.id !== this.chatId) return;
    const orders = this.ordersOf(chat);
    if (!this.touched) {
      const shown = orders.find((order) => !this.known.has(order.number)) ?? orders.find((order) => order.number === this.order.value);
      if (shown) this.fill(shown.number, shown.cents);
    }
    for (const order of orders) this.known.add(order.number);
    this.drawOrders(orders);
    this.drawAmounts();
    if (COLUMN.matches && this.column === null && orders.length && !this.isOpen) {
      this.place();
      this.onChange();
    }
  }

  /** Whether an order in this chat may still be paid, as far as the answers tell. */
  awaits(chat) {
    const settled = new Set(this.calls.filter((call) => call.status === OK && call.answer.due !== undefined && parseAmount(call.answer.due) === 0).map((call) => plain(call.order)));
    return this.ordersOf(chat).some((order) => !order.isOver && !settled.has(plain(order.number)));
  }

  toggle() {
    if (this.isOpen) this.close();
    else this.open();
  }

  open() {
    if (COLUMN.matches) {
      this.column = remember("open");
      this.place();
    } else {
      this.openSheet();
    }
    this.onChange();
    this.node.querySelector("h2").focus();
  }

  close() {
    if (this.sheet) {
      this.sheet.close();
      return;
    }
    this.column = remember("closed");
    this.place();
    this.closed();
  }

  closed() {
    this.onChange();
    document.querySelector(".payments-button")?.focus();
  }

  hide() {
    this.sheet?.close();
    this.root.hidden = true;
    document.body.classList.remove("with-payments");
  }

  place() {
    const wanted = this.column === "open" || (this.column === null && ordersIn(openChat().messages).length > 0);
    const asColumn = COLUMN.matches && wanted;
    document.body.classList.toggle("with-payments", asColumn);
    this.root.hidden = !asColumn;
    if (COLUMN.matches) {
      this.sheet?.close();
      this.root.replaceChildren(this.node);
    } else if (this.sheet) {
      this.sheet.replaceChildren(this.node);
    }
  }

  openSheet() {
    const sheet = el("dialog", {
      class: "sheet",
      "aria-label": words().payments,
      data: { testid: "payments-sheet" },
      onclick: (event) => event.target === sheet && sheet.close(),
      onclose: () => {
        sheet.remove();
        this.sheet = null;
        this.closed();
      },
    });
    this.sheet = sheet;
    sheet.append(this.node);
    document.body.append(sheet);
    sheet.showModal();
  }

  build() {
    const typed = (input, then) => () => {
      this.touched = true;
      then?.();
      this.drawAmounts();
      this.drawOrders(this.ordersOf(openChat()));
    };
    const field = (testid, props) => el("input", { type: "text", autocomplete: "off", spellcheck: false, data: { testid }, ...props });
    this.order = field("pay-order", { id: "pay-order", class: "pay-code", placeholder: "R7K2M-4", maxLength: 64 });
    this.amount = field("pay-amount", { id: "pay-amount", inputMode: "decimal", placeholder: written(0), maxLength: 20 });
    this.part = field("pay-part-amount", { inputMode: "decimal", maxLength: 20, "aria-label": words().payPartAmount });
    this.order.addEventListener("input", typed(this.order));
    this.amount.addEventListener("input", typed(this.amount, () => this.takePart()));
    this.part.addEventListener("input", typed(this.part));
    this.part.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.buttons.part.click();
    });
    this.orders = el("div", { class: "pay-orders", role: "group", "aria-label": words().payOrders, data: { testid: "pay-orders" } });
    this.log = el("div", { class: "calls", role: "log", "aria-live": "polite", "aria-label": words().payCalls, data: { testid: "calls" } });
    this.buttons = {
      exact: this.button("exact", "submit", () => this.pay(this.amount.value)),
      part: this.button("part", "button", () => this.pay(this.part.value)),
      more: this.button("more", "button", () => this.pay(decimal(parseAmount(this.amount.value) + MORE_CENTS))),
      again: this.button("again", "button", () => this.send(api.payAgain(this.lastCall().number))),
      reverse: this.button("reverse", "button", () => this.send(api.payReverse(this.lastPayment().number))),
      invoice: this.button("invoice", "button", () => this.send(api.payInvoice(this.order.value.trim()))),
    };
    return el(
      "section",
      { class: "pay", data: { testid: "payments" } },
      el(
        "header",
        { class: "pay-header" },
        el("h2", { tabIndex: -1 }, words().payments),
        iconButton("close", words().payClose, () => this.close(), { data: { testid: "payments-close" } }),
      ),
      el("p", { class: "pay-hint" }, words().payHint),
      el(
        "form",
        { class: "pay-form", onsubmit: (event) => event.preventDefault() },
        this.orders,
        el(
          "div",
          { class: "pay-fields" },
          el("label", { htmlFor: "pay-order" }, words().payOrder, this.order),
          el("label", { htmlFor: "pay-amount" }, words().payAmount, el("span", { class: "pay-euro" }, this.amount)),
        ),
        this.buttons.exact,
        el("div", { class: "pay-some" }, this.buttons.part, el("span", { class: "pay-euro" }, this.part)),
        this.buttons.more,
        el("div", { class: "pay-pair" }, this.buttons.again, this.buttons.reverse),
        this.buttons.invoice,
      ),
      ...(store.bank ? [this.statements.build()] : []),
      el("h3", { class: "pay-label" }, words().payCalls),
      this.log,
    );
  }

  button(name, type, onclick) {
    return el(
      "button",
      { type, class: `pay-button pay-${name}`, title: words().payTitles[name], data: { testid: `pay-${name}` }, onclick },
      el("span", {}, words().payButtons[name]),
      el("span", { class: "pay-sum" }),
    );
  }

  fill(order, cents) {
    const same = this.order.value === order;
    const amount = cents ? written(cents) : "";
    this.order.value = order;
    if (same && (cents === null || amount === this.amount.value)) return;
    this.amount.value = amount;
    this.takePart();
  }

  /** A part is two fifths until somebody says otherwise: a bank tells of the rest as of the same payment if both are alike. */
  takePart() {
    const cents = parseAmount(this.amount.value);
    this.part.value = cents ? written(Math.max(Math.floor((cents * 2) / 5), 1)) : "";
  }

  choose(order) {
    this.touched = false;
    this.fill(order.number, order.cents);
    this.refresh();
  }

  drawOrders(orders) {
    const focused = this.orders.contains(document.activeElement) ? document.activeElement.dataset.number : null;
    this.orders.replaceChildren(
      ...(orders.length
        ? orders.map((order) =>
            el(
              "button",
              {
                type: "button",
                class: "pay-chip",
                "aria-pressed": String(order.number === this.order.value),
                data: { testid: "pay-chip", number: order.number },
                onclick: () => this.choose(order),
              },
              order.number,
            ),
          )
        : [el("p", { class: "pay-none" }, words().payNone)]),
    );
    if (focused) this.orders.querySelector(`[data-number="${CSS.escape(focused)}"]`)?.focus();
  }

  drawAmounts() {
    const cents = parseAmount(this.amount.value);
    const named = this.order.value.trim() !== "";
    const sums = { exact: cents, more: cents === null ? null : cents + MORE_CENTS };
    for (const [name, sum] of Object.entries(sums)) {
      this.buttons[name].querySelector(".pay-sum").textContent = sum === null ? "" : money(sum);
    }
    this.buttons.exact.disabled = !named || !this.amount.value.trim();
    this.buttons.part.disabled = !named || !this.part.value.trim();
    this.buttons.more.disabled = !named || cents === null;
    this.buttons.invoice.disabled = !named;
    this.buttons.again.disabled = !this.lastCall();
    this.buttons.reverse.disabled = !this.lastPayment();
  }

  /** The newest call about the order in the field. */
  lastCall() {
    const order = plain(this.order.value);
    return this.calls.findLast((call) => plain(call.order) === order);
  }

  /** The newest call about the order in the field that reported money that came. */
  lastPayment() {
    const order = plain(this.order.value);
    return this.calls.findLast((call) => call.kind === "payment.registered" && plain(call.order) === order);
  }

  pay(typed) {
    const cents = parseAmount(typed);
    // What is no amount is sent all the same: refusing it is the bot's part.
    return this.send(api.pay(this.order.value.trim(), cents === null ? typed.trim() : decimal(cents)));
  }

  async send(promise) {
    const asked = document.activeElement;
    this.node.setAttribute("aria-busy", "true");
    for (const button of Object.values(this.buttons)) button.disabled = true;
    try {
      const call = await promise;
      this.calls.push(call);
      this.log.querySelector(".pay-none")?.remove();
      this.log.prepend(callNode(call));
      this.settle(call);
    } catch (error) {
      toast(error instanceof TypeError ? words().failed : error.message);
    }
    this.node.removeAttribute("aria-busy");
    this.onChange();
    this.drawAmounts();
    if (this.node.contains(asked) && !asked.disabled) asked.focus();
  }

  /** The answer says what is still due: the next payment is that one. */
  settle(call) {
    const due = call.status === OK && call.answer.due !== undefined ? parseAmount(call.answer.due) : null;
    if (!due || plain(call.order) !== plain(this.order.value)) return;
    this.touched = false;
    this.amount.value = written(due);
    this.takePart();
  }

  async load() {
    this.loaded = store.world;
    try {
      const found = await api.payments();
      this.calls = found.calls;
    } catch {
      this.loaded = null;
      return;
    }
    if (!this.node) return;
    this.drawCalls();
    this.drawAmounts();
    this.onChange();
  }

  drawCalls() {
    const shown = this.calls.slice(-SHOWN_CALLS).reverse();
    this.log.replaceChildren(
      ...(shown.length ? shown.map(callNode) : [el("p", { class: "pay-none" }, words().payNoCalls)]),
    );
  }
}

/** One call, with its answer, and all that was sent behind a fold. */
function callNode(call) {
  const what = call.again ? "again" : call.kind.split(".")[1];
  const good = call.status === OK;
  const request = [
    `POST ${call.url}`,
    ...Object.entries(call.headers).map(([name, value]) => `${name}: ${value}`),
    "",
    JSON.stringify(JSON.parse(call.body), null, 2),
  ].join("\n");
  return el(
    "article",
    { class: "call", data: { testid: "call", status: String(call.status ?? "none"), outcome: good ? call.answer.outcome : "" } },
    el(
      "p",
      { class: "call-top" },
      el("strong", {}, words().payWhat[what]),
      el("span", { class: `call-status ${good ? "good" : "bad"}` }, String(call.status ?? words().payNoAnswer)),
      el("time", { dateTime: call.at }, clockTime(Date.parse(call.at) / 1000)),
    ),
    el("p", { class: "call-about" }, `${call.order} · ${aboutOf(call)}`),
    el("pre", { class: "call-answer", data: { testid: "call-answer" }, tabIndex: 0 }, answerText(call.answer)),
    el("details", {}, el("summary", {}, words().payCall), el("pre", { tabIndex: 0 }, request)),
  );
}

/** What a call is about beside its order: the number of an invoice, or an amount. */
function aboutOf(call) {
  if (call.kind === "invoice.issued") return call.payment_id;
  const cents = parseAmount(call.amount);
  return cents === null ? call.amount : money(cents);
}

function answerText(answer) {
  return typeof answer === "string" ? answer : JSON.stringify(answer, null, 1).replace(/\n\s*/g, " ");
}

function plain(number) {
  return number.replace(/[\s-]/g, "").toUpperCase();
}

function money(cents) {
  return new Intl.NumberFormat(words().locale, { style: "currency", currency: "EUR" }).format(cents / 100);
}

/** An amount in a field: as the language writes it, without the currency. */
function written(cents) {
  return new Intl.NumberFormat(words().locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(cents / 100);
}

/** What stands in a field, as the present language writes it; what is no amount stays as it is. */
function rewritten(text) {
  const cents = parseAmount(text);
  return cents === null ? text : written(cents);
}

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // without storage, it opens when there is something to pay
  }
}

function remember(choice) {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // The choice lasts as long as the page.
  }
  return choice;
}

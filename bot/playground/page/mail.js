// The mail page: what arrived at the playground's mail server, as a mail program shows it.

import { setClock } from "./clock.js";
import { avatar, el, icon, iconButton } from "./dom.js";
import { markMailRead, unreadMails } from "./mail-read.js";
import { toast } from "./overlay.js";
import { pageLanguage, switchLanguage, words } from "./strings.js";
import { clockTime, dayName, listTime } from "./time.js";

const WIDE = matchMedia("(min-width: 781px)");
const VIEWS = ["html", "text", "headers", "source"];

const list = document.getElementById("mails");
const reader = document.getElementById("reader");
const state = { room: null, mails: [], ready: false, online: true, number: null, detail: null, view: "html" };

function seconds(mail) {
  return Date.parse(mail.received_at) / 1000;
}

/** The name in front of an address, without its quotes; the address where there is none. */
function nameOf(from) {
  const name = from.replace(/<[^<>]*>\s*$/, "").trim().replace(/^"(.*)"$/, "$1");
  return name || from;
}

function drawAll() {
  document.documentElement.lang = pageLanguage();
  document.title = words().mailTitle(unread().size);
  document.body.dataset.view = state.number === null ? "list" : "mail";
  drawList();
  drawReader();
}

function unread() {
  return new Set(unreadMails(state.room, state.mails.map((mail) => mail.number)));
}

function drawList() {
  const old = list.querySelector(".people-list");
  const scroll = old?.scrollTop ?? 0;
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  list.setAttribute("aria-label", words().mail);
  list.replaceChildren(
    header(),
    el("nav", { class: "people-list", "aria-label": words().mail }, rows()),
    el("p", { class: "people-footer" }, state.online ? words().mailFooter : words().offline),
  );
  list.querySelector(".people-list").scrollTop = scroll;
  if (focused) list.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
}

function header() {
  return el(
    "header",
    { class: "people-header mail-header" },
    el("a", { class: "icon-button", href: "/", "aria-label": words().mailBack, title: words().mailBack, data: { testid: "to-chat", focus: "to-chat" } }, icon("back")),
    el("h1", {}, words().mail),
    state.mails.length > 0 &&
      el("button", { type: "button", class: "language-button", data: { testid: "clear-mail", focus: "clear" }, onclick: clear }, words().mailClear),
    el(
      "button",
      {
        type: "button",
        class: "language-button",
        lang: pageLanguage() === "it" ? "en" : "it",
        "aria-label": words().otherLanguageLabel,
        title: words().otherLanguageLabel,
        data: { testid: "language", focus: "language" },
        onclick: () => {
          switchLanguage();
          drawAll();
        },
      },
      words().otherLanguage,
    ),
    iconButton("sun", words().theme, () => window.playgroundTheme.toggle(), { class: "icon-button theme-button", data: { focus: "theme" } }),
  );
}

function rows() {
  if (!state.ready) return el("p", { class: "people-wait" }, words().connecting);
  if (!state.mails.length) {
    return el("div", { class: "mail-none", data: { testid: "no-mail" } }, icon("letter"), el("p", {}, words().mailNone));
  }
  const fresh = unread();
  return state.mails.map((mail) => row(mail, fresh.has(mail.number)));
}

function row(mail, fresh) {
  const open = mail.number === state.number;
  return el(
    "section",
    { class: `person mail-row ${open ? "open" : ""} ${fresh ? "fresh" : ""}`, data: { testid: "mail", number: String(mail.number) } },
    el(
      "button",
      {
        type: "button",
        class: "person-chat",
        "aria-current": open ? "true" : undefined,
        data: { testid: "open-mail", focus: `mail-${mail.number}` },
        onclick: () => show(mail.number),
      },
      avatar(nameOf(mail.from), 0, "bot small"),
      el(
        "span",
        { class: "person-words" },
        el(
          "span",
          { class: "person-top" },
          el("span", { class: "mail-to" }, words().mailTo(mail.to)),
          mail.language && el("span", { class: "person-language" }, mail.language),
          el("time", {}, listTime(seconds(mail))),
        ),
        el(
          "span",
          { class: "mail-subject" },
          el("strong", {}, mail.subject || words().mailNoSubject),
          fresh && el("span", { class: "mail-dot", role: "img", "aria-label": words().mailUnread }),
        ),
        el("span", { class: "mail-opening" }, mail.opening),
      ),
    ),
  );
}

function drawReader() {
  const mail = state.detail;
  if (state.number === null || !mail) {
    reader.replaceChildren(el("p", { class: "mail-pick" }, state.mails.length ? words().mailPick : words().mailNone));
    return;
  }
  const views = VIEWS.filter((view) => view !== "html" || mail.has_html);
  const view = views.includes(state.view) ? state.view : "text";
  reader.replaceChildren(
    el(
      "header",
      { class: "mail-head" },
      iconButton("back", words().back, () => show(null), { class: "icon-button mail-back", data: { testid: "back" } }),
      el(
        "div",
        { class: "mail-head-words" },
        el("h2", { data: { testid: "subject" } }, mail.subject || words().mailNoSubject),
        el(
          "p",
          { class: "mail-who" },
          el("span", {}, el("strong", {}, nameOf(mail.from)), ` ${mail.from.match(/<[^<>]*>\s*$/)?.[0] ?? ""}`),
          el("span", {}, words().mailTo(mail.to)),
          el("time", {}, `${dayName(seconds(mail))}, ${clockTime(seconds(mail))}`),
        ),
      ),
    ),
    el(
      "div",
      { class: "mail-tabs", role: "tablist", "aria-label": words().mailViews },
      views.map((name) => tab(name, name === view)),
    ),
    el("div", { class: `mail-body mail-${view}`, role: "tabpanel", "aria-label": words().mailView[view], data: { testid: "mail-body" } }, body(mail, view)),
  );
}

function tab(name, selected) {
  return el(
    "button",
    {
      type: "button",
      role: "tab",
      "aria-selected": String(selected),
      tabIndex: selected ? 0 : -1,
      data: { testid: `tab-${name}`, view: name },
      onclick: () => choose(name),
      onkeydown: (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const tabs = [...event.currentTarget.parentNode.children];
        choose(tabs[(tabs.indexOf(event.currentTarget) + step + tabs.length) % tabs.length].dataset.view);
      },
    },
    words().mailView[name],
  );
}

function choose(name) {
  state.view = name;
  drawReader();
  reader.querySelector(`[data-view="${name}"]`)?.focus();
}

function body(mail, view) {
  if (view === "html") {
    return el("iframe", {
      title: mail.subject,
      // No scripts and no forms; what a link opens is an ordinary page again.
      sandbox: "allow-popups allow-popups-to-escape-sandbox",
      referrerPolicy: "no-referrer",
      src: `/playground/mail/${mail.number}/html?scheme=${document.documentElement.dataset.theme}`,
      data: { testid: "mail-frame" },
    });
  }
  if (view === "headers") return [headers(mail), parts(mail)];
  return el("pre", { tabIndex: 0 }, view === "source" ? mail.source : mail.text);
}

function headers(mail) {
  return el(
    "dl",
    {},
    mail.headers.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]),
  );
}

function parts(mail) {
  return el(
    "section",
    { class: "mail-parts" },
    el("h3", {}, words().mailParts),
    el("ul", {}, mail.parts.map((part) => el("li", {}, el("code", {}, part.type), part.name && ` ${part.name}`))),
  );
}

/** Open a mail, or none; the address keeps it, so that Back and a reload do what one expects. */
function show(number, { replace = false } = {}) {
  const address = number === null ? location.pathname : `#mail-${number}`;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  openFromAddress();
}

async function openFromAddress() {
  const number = Number(location.hash.replace("#mail-", ""));
  state.number = state.mails.some((mail) => mail.number === number) ? number : null;
  state.detail = null;
  drawAll();
  if (state.number !== null) await fetchOpen();
}

async function fetchOpen() {
  const number = state.number;
  try {
    const response = await fetch(`/playground/mail/${number}`);
    if (!response.ok) throw new Error((await response.json()).detail);
    const detail = await response.json();
    if (state.number !== number) return;
    state.detail = detail;
    markMailRead(state.room, number);
    drawAll();
  } catch (error) {
    toast(error instanceof TypeError ? words().failed : error.message);
  }
}

async function clear() {
  try {
    await fetch("/playground/mail/clear", { method: "POST" });
  } catch {
    toast(words().failed);
  }
}

function take(event) {
  const first = !state.ready;
  const known = state.mails[0]?.number ?? 0;
  setClock(event.clock);
  Object.assign(state, { ready: true, room: event.room, mails: event.mails });
  const newest = state.mails[0];
  if (!first && newest && newest.number > known) {
    document.getElementById("announcer").textContent = words().mailArrived(newest.subject);
  }
  if (state.number !== null && !state.mails.some((mail) => mail.number === state.number)) {
    show(null, { replace: true });
  } else if (first) {
    if (!location.hash && WIDE.matches && newest) show(newest.number, { replace: true });
    else openFromAddress();
  } else if (state.number === null && WIDE.matches && newest) {
    show(newest.number, { replace: true });
  } else {
    document.title = words().mailTitle(unread().size);
    drawList();
  }
}

function listen() {
  const source = new EventSource("/playground/mail/events");
  source.onmessage = (message) => {
    state.online = true;
    take(JSON.parse(message.data));
  };
  source.onerror = () => {
    state.online = false;
    drawList();
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
}

window.addEventListener("popstate", openFromAddress);
// A mail program in the dark shows mails that know the dark so; the frame cannot see the page's theme by itself.
new MutationObserver(drawReader).observe(document.documentElement, { attributeFilter: ["data-theme"] });
drawAll();
listen();

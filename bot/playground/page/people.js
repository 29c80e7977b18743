// The column at the left: who one can be, each with a chat, and the notices that they received.

import { avatar, el, icon, iconButton } from "./dom.js";
import { shownText } from "./bubble.js";
import { unreadMails } from "./mail-read.js";
import { languageOf, nameOf, noteOf, persona, store, unread } from "./store.js";
import { pageLanguage, words } from "./strings.js";
import { listTime } from "./time.js";

/**
 * Draw the column.
 *
 * @param {HTMLElement} root where it goes
 * @param {{onOpen: (chatId: number) => void, onRenew: (chatId: number) => void, onLanguage: () => void}} actions
 */
export function drawPeople(root, actions) {
  const list = root.querySelector(".people-list");
  const scroll = list?.scrollTop ?? 0;
  const focused = root.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  root.setAttribute("aria-label", words().people);
  root.replaceChildren(header(actions), el("nav", { class: "people-list", "aria-label": words().people }, cards(actions)), footer());
  root.querySelector(".people-list").scrollTop = scroll;
  if (focused) root.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
}

function header(actions) {
  return el(
    "header",
    { class: "people-header" },
    el("img", { src: "/page/icon.svg", alt: "", width: 34, height: 34 }),
    el("h1", {}, words().title(store.bot.name)),
    store.mail && mailLink(),
    el(
      "button",
      {
        type: "button",
        class: "language-button",
        lang: pageLanguage() === "it" ? "en" : "it",
        "aria-label": words().otherLanguageLabel,
        title: words().otherLanguageLabel,
        data: { testid: "language", focus: "language" },
        onclick: actions.onLanguage,
      },
      words().otherLanguage,
    ),
    iconButton("sun", words().theme, () => window.playgroundTheme.toggle(), {
      class: "icon-button theme-button",
      data: { testid: "theme", focus: "theme" },
    }),
  );
}

function mailLink() {
  const count = unreadMails(store.mail.room, store.mail.numbers).length;
  return el(
    "a",
    { class: "icon-button mail-link", href: "/mail", "aria-label": words().mailOpen(count), title: words().mailOpen(count), data: { testid: "mail-link", focus: "mail" } },
    icon("letter"),
    count > 0 && el("span", { class: "badge", data: { testid: "mail-unread" } }, String(count)),
  );
}

function footer() {
  return el("p", { class: "people-footer" }, words().subtitle);
}

function cards(actions) {
  if (!store.ready) return el("p", { class: "people-wait" }, words().connecting);
  return [
    el("h2", { class: "people-label" }, words().people),
    ...[...store.chats.values()].map((chat, index) => card(chat, index, actions)),
  ];
}

function card(chat, index, actions) {
  const person = persona(chat.id);
  const last = chat.messages.at(-1);
  const count = unread(chat);
  const preview = store.typing.has(chat.id) ? `${words().typing}…` : last && previewOf(last);
  const open = chat.id === store.openId;
  const name = nameOf(chat, pageLanguage());
  const language = languageOf(chat, pageLanguage());
  return el(
    "section",
    { class: `person ${open ? "open" : ""}`, data: { testid: "persona", key: person?.key ?? String(chat.id) } },
    el(
      "button",
      {
        type: "button",
        class: "person-chat",
        "aria-current": open ? "true" : undefined,
        data: { testid: "persona-chat", focus: `chat-${chat.id}` },
        onclick: () => actions.onOpen(chat.id),
      },
      avatar(name, index),
      el(
        "span",
        { class: "person-words" },
        el(
          "span",
          { class: "person-top" },
          el("strong", {}, name),
          language && el("span", { class: "person-language", title: language }, language),
          last && el("time", {}, listTime(last.date)),
        ),
        person?.note && el("span", { class: "person-note" }, noteOf(person, pageLanguage())),
        (preview || count > 0) &&
          el(
            "span",
            { class: "person-last" },
            el("span", { class: "person-preview" }, preview),
            count > 0 && el("span", { class: "badge", "aria-label": words().unread(count), data: { testid: "unread" } }, String(count)),
          ),
      ),
    ),
    person?.payload && notice(chat, actions),
  );
}

function notice(chat, actions) {
  return el(
    "div",
    { class: "notice", data: { testid: "notice" } },
    icon("letter"),
    el("span", {}, words().notice),
    el(
      "button",
      {
        type: "button",
        class: "notice-renew",
        "aria-label": `${words().renew}: ${nameOf(chat, pageLanguage())}`,
        data: { testid: "renew", focus: `renew-${chat.id}` },
        onclick: () => actions.onRenew(chat.id),
      },
      words().renew,
    ),
  );
}

function previewOf(message) {
  const own = message.from.is_bot ? "" : `${words().you}: `;
  const what = shownText(message) || (message.photo ? words().photo : words().document);
  return own + what.replace(/\s+/g, " ");
}

// Where a person writes: the field, the command menu, Start on an empty chat.

import { el, icon, iconButton } from "./dom.js";
import { menu } from "./overlay.js";
import { openChat } from "./store.js";
import { words } from "./strings.js";

const MAX_HEIGHT = 160;
const drafts = new Map();

/**
 * Draw the foot of a chat.
 *
 * @param {Object} chat the open chat
 * @param {{onSend: (text: string) => void, onReply: (label: string) => void, onStart: () => void, onUnblock: () => void}} actions
 */
export function composer(chat, actions) {
  if (chat.blocked) return bigButton(words().restart, "restart", actions.onStart, words().blocked);
  if (!chat.messages.length) return bigButton(words().start, "start", actions.onStart);
  const field = el("textarea", {
    rows: 1,
    placeholder: placeholder(chat),
    value: drafts.get(chat.id) ?? "",
    "aria-label": words().write,
    autocomplete: "off",
    maxLength: 4096,
    data: { testid: "composer" },
  });
  const submit = () => {
    const text = field.value.trim();
    if (!text) return;
    field.value = "";
    drafts.delete(chat.id);
    grow(field);
    suggestions.replaceChildren();
    actions.onSend(text);
  };
  const suggestions = el("div", { class: "suggestions", data: { testid: "suggestions" } });
  field.addEventListener("input", () => {
    drafts.set(chat.id, field.value);
    grow(field);
    suggest(suggestions, field.value, actions, field);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape") {
      suggestions.replaceChildren();
    }
  });
  const form = el(
    "form",
    {
      class: "composer",
      onsubmit: (event) => {
        event.preventDefault();
        submit();
      },
    },
    suggestions,
    chat.commands.length > 0 && commandButton(actions),
    field,
    el("button", { type: "submit", class: "send", "aria-label": words().send, title: words().send, data: { testid: "send" } }, icon("send")),
  );
  requestAnimationFrame(() => grow(field));
  return chat.reply_keyboard ? el("div", {}, form, replyKeyboard(chat.reply_keyboard, actions)) : form;
}

/** The buttons in place of the letters. */
function replyKeyboard(keyboard, actions) {
  return el(
    "div",
    { class: "keyboard reply-keyboard", data: { testid: "reply-keyboard" } },
    keyboard.rows.map((row) =>
      el(
        "div",
        { class: "keyboard-row" },
        row.map((button) =>
          el(
            "button",
            { type: "button", class: "key", data: { testid: "reply-key", label: button.text }, onclick: () => actions.onReply(button.text) },
            el("span", { class: "key-label" }, button.text),
            button.request_contact && icon("contact"),
          ),
        ),
      ),
    ),
  );
}

function placeholder(chat) {
  const last = chat.messages.at(-1);
  return last?.force_reply?.placeholder || words().write;
}

function bigButton(label, testid, onclick, hint = "") {
  return el(
    "div",
    { class: "composer composer-start" },
    hint && el("p", {}, hint),
    el("button", { type: "button", class: "start", data: { testid }, onclick }, label),
  );
}

function commandButton(actions) {
  const button = el(
    "button",
    {
      type: "button",
      class: "commands",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": words().commands,
      data: { testid: "commands" },
      onclick: () => menu(button, "menu-commands", items(openChat()?.commands ?? [], actions)),
    },
    el("span", { class: "commands-lines", "aria-hidden": "true" }),
    el("span", { class: "commands-word" }, words().menu),
  );
  return el("span", { class: "menu-anchor" }, button);
}

function items(commands, actions) {
  return commands.map((command) => ({
    label: command.description,
    hint: `/${command.command}`,
    testid: "command",
    onChoose: () => actions.onSend(`/${command.command}`),
  }));
}

/** Under a "/", the commands that begin so. */
function suggest(node, text, actions, field) {
  const found = /^\/\w*$/.test(text)
    ? (openChat()?.commands ?? []).filter((command) => `/${command.command}`.startsWith(text.toLowerCase()))
    : [];
  node.replaceChildren(
    ...found.map((command) =>
      el(
        "button",
        {
          type: "button",
          data: { testid: "suggestion" },
          onclick: () => {
            field.value = "";
            node.replaceChildren();
            actions.onSend(`/${command.command}`);
            field.focus();
          },
        },
        el("b", {}, `/${command.command}`),
        el("span", {}, command.description),
      ),
    ),
  );
}

function grow(field) {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, MAX_HEIGHT)}px`;
}

// The inline keyboard under a message.

import { el, icon } from "./dom.js";
import { store, tapKey } from "./store.js";

/**
 * Draw the rows of a keyboard; the buttons of a row share its width.
 *
 * @param {Object} chat the chat
 * @param {Object} message the message that has the keyboard
 * @param {{onTap: Function, onLink: Function, onCopy: Function}} actions what the three kinds of button do
 */
export function inlineKeyboard(chat, message, actions) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return null;
  return el(
    "div",
    { class: "keyboard", data: { testid: "keyboard" } },
    rows.map((row) => el("div", { class: "keyboard-row" }, row.map((button) => drawButton(chat, message, button, actions)))),
  );
}

function drawButton(chat, message, button, actions) {
  const label = el("span", { class: "key-label" }, button.text);
  const props = {
    class: `key ${button.style ? `key-${button.style}` : ""}`,
    title: button.text,
    data: { testid: "key", label: button.text },
  };
  if (button.url) {
    const onclick = (event) => actions.onLink(event, button.url);
    return el("a", { ...props, href: button.url, target: "_blank", rel: "noopener noreferrer", onclick }, label, icon("link"));
  }
  if (button.copy_text) {
    const onclick = () => actions.onCopy(button.copy_text.text);
    return el("button", { ...props, type: "button", onclick }, label, icon("copy"));
  }
  const waiting = store.pending.has(tapKey(chat.id, message.message_id, button.callback_data));
  const node = el(
    "button",
    {
      ...props,
      type: "button",
      "aria-busy": waiting ? "true" : undefined,
      onclick: () => actions.onTap(message, button.callback_data, node),
    },
    label,
    el("span", { class: "key-spinner", "aria-hidden": "true" }),
  );
  node.dataset.data = button.callback_data;
  return node;
}

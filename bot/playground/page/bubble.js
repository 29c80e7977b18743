// One message as a bubble.

import { fileUrl } from "./api.js";
import { el, icon } from "./dom.js";
import { inlineKeyboard } from "./keyboard.js";
import { richText } from "./richtext.js";
import { words } from "./strings.js";
import { clockTime } from "./time.js";

/**
 * Draw a message.
 *
 * @param {Object} chat the chat
 * @param {Object} message the Bot API's Message, with `edits` and `silent`
 * @param {Object} actions what the parts do: see `richText` and `inlineKeyboard`, and `onPhoto`
 */
export function bubble(chat, message, actions) {
  const own = !message.from.is_bot;
  const text = shownText(message);
  const entities = message.entities ?? message.caption_entities ?? [];
  const keyboard = inlineKeyboard(chat, message, actions);
  const media = photo(message, actions) ?? attachment(message) ?? contact(message);
  const kinds = [
    own ? "own" : "theirs",
    keyboard && "with-keyboard",
    message.photo && "with-photo",
    message.photo && !text && "only-photo",
  ];
  const words_ = text && el("div", { class: "text", dir: "auto", data: { testid: "text" } }, richText(text, entities, actions), meta(message, own, keyboard));
  const above = message.show_caption_above_media;
  return el(
    "article",
    {
      class: `message ${kinds.filter(Boolean).join(" ")}`,
      id: `message-${message.message_id}`,
      "aria-label": own ? words().you : message.from.first_name,
      data: { testid: "message", messageId: String(message.message_id), side: own ? "own" : "bot" },
    },
    el(
      "div",
      { class: "bubble" },
      quoted(message),
      above ? words_ : media,
      above ? media : words_,
      !text && meta(message, own, keyboard),
    ),
    keyboard,
  );
}

/** The text that a person sees: a deep link's payload is not shown. */
export function shownText(message) {
  const text = message.text ?? message.caption ?? "";
  return !message.from.is_bot && /^\/start [\w-]+$/.test(text) ? "/start" : text;
}

function meta(message, own, keyboard) {
  // As messengers do, a message with buttons does not say that it was edited: it lives by being edited.
  const edited = message.edits > 0 && !keyboard;
  return el(
    "span",
    { class: "meta" },
    message.silent && el("span", { class: "meta-silent", title: words().silent }, icon("silent")),
    edited && el("span", { class: "meta-edited", data: { testid: "edited" } }, words().edited),
    el("time", { dateTime: new Date(message.date * 1000).toISOString() }, clockTime(message.date)),
    own && el("span", { class: "meta-ticks", "aria-hidden": "true" }),
  );
}

function quoted(message) {
  const original = message.reply_to_message;
  if (!original) return null;
  return el(
    "div",
    { class: "reply" },
    el("strong", {}, original.from.first_name),
    el("span", {}, shownText(original) || words().photo),
  );
}

function photo(message, actions) {
  if (!message.photo) return null;
  const size = message.photo.at(-1);
  const source = fileUrl("photos", size.file_id);
  const caption = message.caption ?? "";
  return el(
    "button",
    {
      type: "button",
      class: `photo ${message.has_media_spoiler ? "hidden" : ""}`,
      "aria-label": words().enlarge,
      data: { testid: "photo" },
      onclick: (event) => {
        if (event.currentTarget.classList.contains("hidden")) event.currentTarget.classList.remove("hidden");
        else actions.onPhoto(source, caption);
      },
    },
    el("img", { src: source, alt: caption, width: size.width, height: size.height, decoding: "async" }),
  );
}

function attachment(message) {
  const file = message.document;
  if (!file) return null;
  return el(
    "a",
    {
      class: "document",
      href: fileUrl("documents", file.file_id),
      download: file.file_name,
      "aria-label": `${words().download}: ${file.file_name}`,
      data: { testid: "document" },
    },
    el("span", { class: "document-icon" }, icon("file")),
    el("span", { class: "document-words" }, el("strong", {}, file.file_name), el("span", {}, fileSize(file.file_size))),
  );
}

/** A number that somebody shared, as their app shows it. */
function contact(message) {
  if (!message.contact) return null;
  return el(
    "div",
    { class: "document", data: { testid: "contact" } },
    el("span", { class: "document-icon" }, icon("contact")),
    el("span", { class: "document-words" }, el("strong", {}, message.contact.first_name), el("span", {}, `+${message.contact.phone_number.replace(/^\+/, "")}`)),
  );
}

function fileSize(bytes) {
  const units = ["byte", "kilobyte", "megabyte"];
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  return new Intl.NumberFormat(words().locale, { style: "unit", unit: units[step], maximumFractionDigits: 1 }).format(
    bytes / 1000 ** step,
  );
}

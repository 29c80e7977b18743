// Texts with entities, drawn with DOM nodes only. Offsets are UTF-16 units, as JavaScript counts.

import { el } from "./dom.js";
import { words } from "./strings.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

/**
 * Draw a text.
 *
 * @param {string} text the plain text
 * @param {Object[]} entities its ranges, the outer one first
 * @param {{onCommand: (command: string) => void, onLink: (event: Event, url: string) => void}} actions what happens
 *     when a command or a link is used
 * @returns {DocumentFragment}
 */
export function richText(text, entities = [], actions) {
  return drawRange(text, 0, text.length, entities, actions);
}

function drawRange(text, from, to, entities, actions) {
  const fragment = document.createDocumentFragment();
  let at = from;
  let rest = [...entities];
  while (rest.length) {
    const [entity, ...others] = rest;
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    const inner = [];
    const later = [];
    for (const other of others) {
      if (other.offset >= end) {
        later.push(other);
        continue;
      }
      inner.push(other);
      // A range that reaches out of this one goes on after it.
      const over = other.offset + other.length - end;
      if (over > 0) later.push({ ...other, offset: end, length: over });
    }
    rest = later.sort((a, b) => a.offset - b.offset || b.length - a.length);
    if (end <= start) continue;
    if (start > at) fragment.append(text.slice(at, start));
    fragment.append(drawEntity(entity, text, start, end, inner, actions));
    // A block ends its line by itself: the line break after it would leave an empty one.
    at = BLOCKS.has(entity.type) && text[end] === "\n" && end < to ? end + 1 : end;
  }
  if (at < to) fragment.append(text.slice(at, to));
  return fragment;
}

function drawEntity(entity, text, start, end, inner, actions) {
  const content = drawRange(text, start, end, inner, actions);
  const words_ = text.slice(start, end);
  switch (entity.type) {
    case "pre":
      return el("pre", { class: "pre", data: { language: entity.language ?? "" } }, el("code", {}, content));
    case "blockquote":
      return el("blockquote", { class: "quote" }, content);
    case "expandable_blockquote":
      return expandable(content);
    case "spoiler":
      return spoiler(content);
    case "text_link":
      return link(content, entity.url, actions);
    case "url":
      return link(content, words_, actions);
    case "email":
      return link(content, `mailto:${words_}`, actions);
    case "bot_command":
      return el("button", { type: "button", class: "command", onclick: () => actions.onCommand(words_) }, content);
    default:
      return entity.type in TAGS ? el(TAGS[entity.type], {}, content) : content;
  }
}

function link(content, url, actions) {
  if (!/^(https?|mailto|tel|tg):/i.test(url)) return content;
  return el(
    "a",
    { href: url, target: "_blank", rel: "noopener noreferrer", onclick: (event) => actions.onLink(event, url) },
    content,
  );
}

function spoiler(content) {
  const node = el("span", { class: "spoiler", role: "button", tabIndex: 0, "aria-label": words().reveal }, content);
  const reveal = () => {
    node.classList.add("revealed");
    node.removeAttribute("role");
    node.removeAttribute("tabindex");
    node.removeAttribute("aria-label");
  };
  node.addEventListener("click", reveal, { once: true });
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      reveal();
    }
  });
  return node;
}

function expandable(content) {
  const body = el("span", { class: "quote-body" }, content);
  const toggle = el("button", { type: "button", class: "quote-toggle", "aria-expanded": "false" }, words().expand);
  const quote = el("blockquote", { class: "quote expandable" }, body, toggle);
  toggle.addEventListener("click", () => {
    const open = quote.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = open ? words().collapse : words().expand;
  });
  // What three lines hold has nothing to open.
  requestAnimationFrame(() => {
    toggle.hidden = body.scrollHeight <= body.clientHeight + 1;
  });
  return quote;
}

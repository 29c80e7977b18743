// What lies over the chat for a moment: toasts, alerts, the enlarged picture, menus.

import { el, iconButton } from "./dom.js";
import { words } from "./strings.js";

const TOAST_MS = 3500;
let toastTimer = 0;

/** Show a few words for some seconds. */
export function toast(text) {
  document.querySelector(".toast")?.remove();
  const node = el("div", { class: "toast", role: "status", data: { testid: "toast" } }, text);
  document.body.append(node);
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => node.remove(), TOAST_MS);
}

/** Show words that have to be closed. */
export function alertBox(title, text) {
  const ok = el("button", { type: "button", class: "dialog-ok", autofocus: true, onclick: () => dialog.close() }, words().ok);
  const dialog = el(
    "dialog",
    { class: "dialog", "aria-label": title, data: { testid: "alert" } },
    el("h2", {}, title),
    el("p", {}, text),
    el("div", { class: "dialog-actions" }, ok),
  );
  open(dialog);
}

/** Show a picture as large as the window allows. */
export function lightbox(source, caption) {
  const dialog = el(
    "dialog",
    { class: "lightbox", "aria-label": caption || words().photo, data: { testid: "lightbox" }, onclick: () => dialog.close() },
    iconButton("close", words().close, () => dialog.close()),
    el("img", { src: source, alt: caption }),
    caption && el("p", {}, caption),
  );
  open(dialog);
}

function open(dialog) {
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * Open a small menu; a click elsewhere or Escape closes it.
 *
 * @param {HTMLElement} anchor the button that it belongs to
 * @param {string} kind a class name that places it
 * @param {{label: string, hint?: string, danger?: boolean, testid?: string, onChoose: () => void}[]} items
 */
export function menu(anchor, kind, items) {
  if (anchor.getAttribute("aria-expanded") === "true") return;
  const close = () => {
    node.remove();
    anchor.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    document.removeEventListener("keydown", keys, true);
  };
  const outside = (event) => {
    if (!node.contains(event.target)) close();
  };
  const keys = (event) => {
    const choices = [...node.querySelectorAll("button")];
    const at = choices.indexOf(document.activeElement);
    if (event.key === "Escape") {
      close();
      anchor.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choices.at((at + (event.key === "ArrowDown" ? 1 : -1)) % choices.length)?.focus();
    }
  };
  const node = el(
    "div",
    { class: `menu ${kind}`, role: "menu" },
    items.map((item) =>
      el(
        "button",
        {
          type: "button",
          role: "menuitem",
          class: item.danger ? "danger" : "",
          data: { testid: item.testid ?? "menu-item" },
          onclick: () => {
            close();
            item.onChoose();
          },
        },
        el("span", {}, item.label),
        item.hint && el("small", {}, item.hint),
      ),
    ),
  );
  anchor.setAttribute("aria-expanded", "true");
  anchor.after(node);
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("keydown", keys, true);
  node.querySelector("button")?.focus();
}

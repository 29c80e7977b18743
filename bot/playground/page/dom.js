// The two helpers that everything is drawn with. Text always goes in as text: there is no HTML parsing on this page.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  back: "M15 5l-7 7 7 7",
  send: "M4 12l16-8-6 16-3-6-7-2z",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  clock: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 7.5v4.7l3 1.9",
  forward: "M6 6l6 6-6 6M13 6l6 6-6 6",
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9l6 6 6-6",
  link: "M8 16l8-8M9 8h7v7",
  copy: "M9 9h10v10H9zM5 15V5h10",
  file: "M12 4v11m0 0l-4-4m4 4l4-4M5 19h14",
  contact: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.5 20c.8-4 4-6 7.5-6s6.7 2 7.5 6",
  letter: "M4 6.5h16v11H4zM4.5 7l7.5 5.5L19.5 7",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1",
  moon: "M20 14.5A8.5 8.5 0 1 1 9.5 4a6.8 6.8 0 0 0 10.5 10.5z",
  payment: "M3.5 6.5h17v11h-17zM3.5 10.2h17M7 14.3h4",
  silent: "M6 10v4h3l4 4V6L9 10zM17 9l4 6M21 9l-4 6",
};

/**
 * Make an element.
 *
 * @param {string} tag its name
 * @param {Object} props properties; `class`, `data` (an object) and names with a dash become attributes, names
 *     that begin with `on` listeners
 * @param {...(Node|string|null|undefined|false)} children nodes and texts; nothing and false are left out
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null) continue;
    if (name === "class") node.className = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name.includes("-") || name === "role") node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Make an icon; it is decoration, its button has the words. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button with an icon and a name for those who do not see it. */
export function iconButton(name, label, onclick, props = {}) {
  return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...props }, icon(name));
}

/** The round picture of somebody: initials on a colour that stays theirs. */
export function avatar(name, seed, size = "") {
  const words = name.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const initials = words.slice(0, 2).map((word) => word.match(/\p{L}/u)[0].toUpperCase()).join("");
  return el("span", { class: `avatar ${size}`, data: { tone: String(Math.abs(seed) % 6) }, "aria-hidden": "true" }, initials || "?");
}

// The bank, in the panel of payments: it gives a statement of what awaits payment, which is imported at a tap.

import * as api from "./api.js";
import { el } from "./dom.js";
import { toast } from "./overlay.js";
import { words } from "./strings.js";

export class Statements {
  constructor() {
    /** What was written so far, the newest first, each with what became of it once it was imported. */
    this.files = [];
  }

  build() {
    const form = (name) =>
      el(
        "button",
        { type: "button", class: "pay-button", data: { testid: `bank-${name}` }, onclick: (event) => this.write(name, event.currentTarget) },
        el("span", {}, words().bankForms[name]),
      );
    this.list = el("div", { class: "calls", role: "log", "aria-live": "polite", "aria-label": words().bank, data: { testid: "statements" } });
    this.draw();
    return el(
      "section",
      { class: "bank" },
      el("h3", { class: "pay-label" }, words().bank),
      el("p", { class: "pay-hint" }, words().bankHint),
      el("div", { class: "pay-pair" }, form("camt"), form("cbi")),
      this.list,
    );
  }

  draw() {
    this.list.replaceChildren(...this.files.map((file) => this.node(file)));
  }

  node(file) {
    const heaps = Object.entries(file.taken?.heaps ?? {}).map(([name, count]) => `${words().bankHeaps[name]} ${count}`);
    return el(
      "article",
      { class: "call", data: { testid: "statement", taken: String(Boolean(file.taken)) } },
      el("p", { class: "call-top" }, el("strong", {}, file.name), !file.taken && el("span", { class: "call-status good" }, words().bankOrders(file.orders))),
      el("p", { class: "call-about" }, file.taken ? `${words().bankTaken(file.taken)} ${words().bankEntries(heaps.join(" · "))}` : file.path),
      el(
        "button",
        { type: "button", class: "pay-button pay-exact", data: { testid: "bank-import" }, onclick: (event) => this.take(file, event.currentTarget) },
        el("span", {}, words().bankImport),
      ),
    );
  }

  write(form, button) {
    return this.asked(button, async () => {
      this.files.unshift(await api.writeStatement(form));
    });
  }

  take(file, button) {
    return this.asked(button, async () => {
      file.taken = await api.importStatement(file.name);
    });
  }

  async asked(button, work) {
    button.disabled = true;
    try {
      await work();
      this.draw();
    } catch (error) {
      toast(error instanceof TypeError ? words().failed : error.message);
    }
    button.disabled = false;
  }
}

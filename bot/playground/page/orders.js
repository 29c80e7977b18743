// What a chat says of orders: their numbers, and the amount that goes with each. The page knows nothing else of them.

/** Five characters, a dash, a check character; none that looks like another one. */
const NUMBER = /(?<![\w-])[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z](?![\w-])/g;
const AMOUNT = /€\s?(\d{1,3}(?:,\d{3})*\.\d{2})(?!\d)|(?<![\d.,])(\d{1,3}(?:\.\d{3})*,\d{2})\s?€/g;

/**
 * Find the orders that the bot has named in a chat.
 *
 * @param {Object[]} messages the chat's messages, the oldest first
 * @returns {{number: string, cents: number|null}[]} the one that was named last first, each with the amount that was
 *     last said of it; null where none was
 */
export function ordersIn(messages) {
  const found = new Map();
  for (const message of [...messages].reverse()) {
    if (!message.from.is_bot) continue;
    const text = message.text ?? message.caption ?? "";
    for (const number of new Set(text.match(NUMBER) ?? [])) {
      if (found.get(number) == null) found.set(number, amountOf(message, text, number));
    }
  }
  return [...found].map(([number, cents]) => ({ number, cents }));
}

/** The amount of an order in a message: on the button that pays it, near its number, or the largest of all. */
function amountOf(message, text, number) {
  const labels = (message.reply_markup?.inline_keyboard ?? []).flat().filter((button) => button.url).map((button) => button.text);
  for (const label of labels) {
    const [amount] = amountsIn(label);
    if (amount) return amount.cents;
  }
  for (const paragraph of text.split(/\n\s*\n/).reverse()) {
    const at = paragraph.lastIndexOf(number);
    const amounts = amountsIn(paragraph);
    if (at < 0 || !amounts.length) continue;
    return (amounts.find((amount) => amount.index > at) ?? amounts.at(-1)).cents;
  }
  const all = amountsIn(text).map((amount) => amount.cents);
  return all.length ? Math.max(...all) : null;
}

function amountsIn(text) {
  return [...text.matchAll(AMOUNT)].map((match) => ({ index: match.index, cents: cents(match[1] ?? match[2]) }));
}

function cents(digits) {
  return Number(digits.replace(/[.,]/g, ""));
}

/** What somebody typed as an amount, in cents; null where it is none. Either mark may stand before the cents. */
export function parseAmount(text) {
  const plain = text.replace(/[\s€]/g, "");
  const match = /^(\d{1,3}(?:[.,]?\d{3})*|\d+)(?:[.,](\d{2}))?$/.exec(plain);
  return match ? Number(match[1].replace(/[.,]/g, "")) * 100 + Number(match[2] ?? 0) : null;
}

/** Cents as the callback wants them: "36.48". */
export function decimal(amount) {
  return (amount / 100).toFixed(2);
}

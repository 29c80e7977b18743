// What a person does, told to the server. Each call gives the server's answer, or throws what it said.

async function post(path, body = {}) {
  const response = await fetch(`/playground/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(typeof answer.detail === "string" ? answer.detail : response.statusText);
  return answer;
}

export const sendText = (chatId, text) => post(`chats/${chatId}/messages`, { text });
export const reply = (chatId, label) => post(`chats/${chatId}/replies`, { label });
export const tap = (chatId, messageId, data) => post(`chats/${chatId}/taps`, { message_id: messageId, data });
export const start = (chatId, language, payload = null) => post(`chats/${chatId}/start`, { language, payload });
export const clear = (chatId) => post(`chats/${chatId}/clear`);
export const block = (chatId, blocked) => post(`chats/${chatId}/block`, { blocked });

/** Move the time on to the next event of a chat; the answer says what happened, or that something is in the way. */
export const nextEvent = (chatId) => post(`chats/${chatId}/next-event`);

export const pay = (order, amount) => post("payments", { order, amount });
export const payAgain = (number) => post(`payments/${number}/again`);
export const payInvoice = (order) => post("payments/invoice", { order });
export const payReverse = (number) => post(`payments/${number}/reverse`);

/** A statement of the bank, in which all that awaits payment is paid; and importing one. */
export const writeStatement = (form) => post("bank", { form });
export const importStatement = (name) => post("bank/import", { name });

/** What each order asks for now, in cents by its number: what the bank would be paid. */
export async function awaited() {
  const response = await fetch("/playground/bank/awaited");
  return response.json();
}

/** The calls that the panel of payments has sent so far. */
export async function payments() {
  const response = await fetch("/playground/payments");
  return response.json();
}

/** Where a file of the world can be fetched. */
export function fileUrl(folder, fileId) {
  return `/playground/files/${folder}/${encodeURIComponent(fileId)}`;
}

/**
 * Listen to what happens, and go on listening after the server was away.
 *
 * @param {(event: Object) => void} onEvent called with every event; the first of each connection is the whole state
 * @param {(online: boolean) => void} onLine called when the connection comes and goes
 */
export function listen(onEvent, onLine) {
  const source = new EventSource("/playground/events");
  source.onmessage = (message) => {
    const event = JSON.parse(message.data);
    if (event.type === "state") onLine(true);
    onEvent(event);
  };
  source.onerror = () => {
    onLine(false);
    // The browser tries again by itself while the connection is "connecting"; after an HTTP error it gives up.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(onEvent, onLine), 1000);
  };
}

// Which mails were read, as the mail page and the chat page both know it.

export const KEY = "playground.mail.read";

function load(room) {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY));
    return stored?.room === room ? stored.numbers : [];
  } catch {
    return [];
  }
}

/** Which of these mails were not opened yet. */
export function unreadMails(room, numbers) {
  const read = new Set(load(room));
  return numbers.filter((number) => !read.has(number));
}

/** Remember that a mail was opened. */
export function markMailRead(room, number) {
  const read = load(room);
  if (read.includes(number)) return;
  try {
    localStorage.setItem(KEY, JSON.stringify({ room, numbers: [...read, number] }));
  } catch {
    // Without storage, the mail counts as new each time.
  }
}

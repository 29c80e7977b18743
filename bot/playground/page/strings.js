// The page's own words. What the bot says is the bot's business.

const STRINGS = {
  it: {
    locale: "it-IT",
    title: (name) => `Prova ${name}`,
    subtitle: "Ambiente di prova: nessun messaggio lascia questo computer.",
    people: "Persone di prova",
    pick: "Scegliere una persona per cominciare",
    notice: "Avviso di scadenza",
    noticeFrom: "E-mail · Avviso di scadenza",
    renew: "Rinnova",
    optionRenew: "Rinnova dall'avviso di scadenza",
    as: (name) => `nei panni di ${name}`,
    typing: "sta scrivendo",
    connecting: "Connessione in corso…",
    offline: "Connessione persa, nuovo tentativo…",
    restarted: "L'ambiente di prova è ripartito: le chat ricominciano da capo.",
    back: "Torna all'elenco",
    menu: "Menu",
    commands: "Comandi",
    start: "Avvia",
    restart: "Riavvia",
    write: "Scrivi un messaggio",
    send: "Invia",
    edited: "modificato",
    silent: "senza notifica",
    options: "Opzioni della chat",
    optionStart: "Manda /start",
    optionClear: "Cancella la cronologia",
    optionBlock: "Blocca il bot",
    optionUnblock: "Sblocca il bot",
    blocked: "Il bot è bloccato e non può scrivere.",
    toLast: "Vai all'ultimo messaggio",
    unread: (count) => (count === 1 ? "1 messaggio non letto" : `${count} messaggi non letti`),
    whatCanItDo: "Che cosa fa questo bot?",
    emptyChat: "Ancora nessun messaggio.",
    enlarge: "Ingrandisci l'immagine",
    close: "Chiudi",
    ok: "OK",
    copied: (text) => `Copiato: ${text}`,
    copyFailed: "Il browser non permette di copiare.",
    download: "Scarica",
    reveal: "Mostra il testo nascosto",
    expand: "Mostra tutto",
    collapse: "Mostra meno",
    today: "Oggi",
    yesterday: "Ieri",
    you: "Tu",
    photo: "Immagine",
    document: "Documento",
    theme: "Tema chiaro o scuro",
    otherLanguage: "English",
    otherLanguageLabel: "Mostra la pagina in inglese",
    failed: "Non è riuscito. Riprovare.",
    mail: "Posta",
    mailOpen: (count) => (count === 0 ? "Posta" : count === 1 ? "Posta: un'email non letta" : `Posta: ${count} email non lette`),
    mailTitle: (count) => (count ? `(${count}) Posta` : "Posta"),
    mailBack: "Torna alle chat",
    mailClear: "Svuota",
    mailFooter: "Le email restano qui: nessuna lascia questo computer.",
    mailNone: "Ancora nessuna email. La prima arriva con la conferma di un ordine.",
    mailPick: "Scegliere un'email da leggere",
    mailNoSubject: "(senza oggetto)",
    mailTo: (to) => `a ${to}`,
    mailUnread: "non letta",
    mailArrived: (subject) => `È arrivata un'email: ${subject}`,
    mailViews: "Come mostrare l'email",
    mailView: { html: "Email", text: "Solo testo", headers: "Intestazioni", source: "Sorgente" },
    mailParts: "Parti",
  },
  en: {
    locale: "en-GB",
    title: (name) => `Try ${name}`,
    subtitle: "A place to try things: no message leaves this computer.",
    people: "People to be",
    pick: "Choose a person to begin",
    notice: "Expiry notice",
    noticeFrom: "E-mail · Expiry notice",
    renew: "Renew",
    optionRenew: "Renew from the expiry notice",
    as: (name) => `as ${name}`,
    typing: "typing",
    connecting: "Connecting…",
    offline: "Connection lost, trying again…",
    restarted: "The playground was started again: the chats begin afresh.",
    back: "Back to the list",
    menu: "Menu",
    commands: "Commands",
    start: "Start",
    restart: "Restart",
    write: "Write a message",
    send: "Send",
    edited: "edited",
    silent: "without notification",
    options: "Chat options",
    optionStart: "Send /start",
    optionClear: "Clear the history",
    optionBlock: "Block the bot",
    optionUnblock: "Unblock the bot",
    blocked: "The bot is blocked and cannot write.",
    toLast: "Go to the last message",
    unread: (count) => (count === 1 ? "1 unread message" : `${count} unread messages`),
    whatCanItDo: "What can this bot do?",
    emptyChat: "No messages yet.",
    enlarge: "Enlarge the picture",
    close: "Close",
    ok: "OK",
    copied: (text) => `Copied: ${text}`,
    copyFailed: "The browser does not allow copying.",
    download: "Download",
    reveal: "Show the hidden text",
    expand: "Show all",
    collapse: "Show less",
    today: "Today",
    yesterday: "Yesterday",
    you: "You",
    photo: "Picture",
    document: "Document",
    theme: "Light or dark theme",
    otherLanguage: "Italiano",
    otherLanguageLabel: "Show the page in Italian",
    failed: "That did not work. Try again.",
    mail: "Mail",
    mailOpen: (count) => (count === 0 ? "Mail" : count === 1 ? "Mail: one unread e-mail" : `Mail: ${count} unread e-mails`),
    mailTitle: (count) => (count ? `(${count}) Mail` : "Mail"),
    mailBack: "Back to the chats",
    mailClear: "Empty",
    mailFooter: "The e-mails stay here: none leaves this computer.",
    mailNone: "No e-mail yet. The first comes with the confirmation of an order.",
    mailPick: "Choose an e-mail to read",
    mailNoSubject: "(no subject)",
    mailTo: (to) => `to ${to}`,
    mailUnread: "unread",
    mailArrived: (subject) => `An e-mail has arrived: ${subject}`,
    mailViews: "How to show the e-mail",
    mailView: { html: "E-mail", text: "Plain text", headers: "Headers", source: "Source" },
    mailParts: "Parts",
  },
};

const KEY = "playground.language";

function initial() {
  try {
    const stored = localStorage.getItem(KEY);
    if (stored in STRINGS) return stored;
  } catch {
    // Without storage, the browser's language decides each time.
  }
  return navigator.language.toLowerCase().startsWith("it") ? "it" : "en";
}

let language = initial();

/** The words of the page in its present language. */
export function words() {
  return STRINGS[language];
}

/** The present language of the page. */
export function pageLanguage() {
  return language;
}

/** Go on in the other language. */
export function switchLanguage() {
  language = language === "it" ? "en" : "it";
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // The choice lasts as long as the page.
  }
}

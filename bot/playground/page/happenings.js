// What happened at the end of a leap in time, in each language of the page: see `Happening` in leaps.py.

export function happenedInItalian({ what, days, mailbox, count, by_mail }) {
  const about = mailbox ? `: ${mailbox}` : count > 1 ? `: ${count} caselle` : "";
  const whom = mailbox ? ` per ${mailbox}` : count > 1 ? ` per ${count} caselle` : "";
  const via = by_mail ? " via email" : "";
  const left = () => {
    if (days > 1) return count > 1 ? `per la prima mancano ${days} giorni` : `mancano ${days} giorni`;
    const first = count > 1 ? "la prima " : "";
    if (days === 1) return `${first}scade domani`;
    if (days === 0) return `${first}scade oggi`;
    const expired = count > 1 ? "la prima è scaduta" : "scaduta";
    return days === -1 ? `${expired} ieri` : `${expired} da ${-days} giorni`;
  };
  switch (what) {
    case "reminder":
      return `Promemoria${via}${whom}: ${left()}`;
    case "payment-reminder":
      return `Promemoria di pagamento${via}${whom}: ${left()}`;
    case "automatic-notice":
      return `Avviso del rinnovo automatico${via}${whom}`;
    case "not-charged":
      return `Promemoria${via}: rinnovo automatico non pagato${whom}`;
    case "space":
      return `Promemoria${via}: spazio quasi pieno${whom}`;
    case "order-expiring":
      return `Promemoria${via}: l'ordine sta per scadere`;
    case "order-expired":
      return `Messaggio${via}: l'ordine è scaduto`;
    case "payment-not-arrived":
      return `Messaggio${via}: il pagamento atteso non è arrivato`;
    case "charge-day":
      return `Giorno dell'addebito automatico${about}`;
    case "expired":
      return mailbox ? `${mailbox} è scaduta` : count > 1 ? `${count} caselle sono scadute` : "La casella è scaduta";
    case "last-day":
      return `Ultimo giorno prima della cancellazione${about}`;
    case "deleted":
      return mailbox ? `Cancellazione di ${mailbox}` : count > 1 ? `Cancellazione di ${count} caselle` : "Cancellazione della casella";
    default:
      return what;
  }
}

export function happenedInEnglish({ what, days, mailbox, count, by_mail }) {
  const about = mailbox ? `: ${mailbox}` : count > 1 ? `: ${count} mailboxes` : "";
  const whom = mailbox ? ` for ${mailbox}` : count > 1 ? ` for ${count} mailboxes` : "";
  const via = by_mail ? " by e-mail" : "";
  const left = () => {
    const first = count > 1 ? "the first " : "";
    if (days > 1) return count > 1 ? `${days} days left for the first` : `${days} days left`;
    if (days === 1) return `${first}expires tomorrow`;
    if (days === 0) return `${first}expires today`;
    return days === -1 ? `${first}expired yesterday` : `${first}expired ${-days} days ago`;
  };
  switch (what) {
    case "reminder":
      return `Reminder${via}${whom}: ${left()}`;
    case "payment-reminder":
      return `Payment reminder${via}${whom}: ${left()}`;
    case "automatic-notice":
      return `Notice of the automatic renewal${via}${whom}`;
    case "not-charged":
      return `Reminder${via}: automatic renewal not paid${whom}`;
    case "space":
      return `Reminder${via}: space filling up${whom}`;
    case "order-expiring":
      return `Reminder${via}: the order is about to expire`;
    case "order-expired":
      return `Message${via}: the order has expired`;
    case "payment-not-arrived":
      return `Message${via}: the expected payment has not arrived`;
    case "charge-day":
      return `Day of the automatic charge${about}`;
    case "expired":
      return mailbox ? `${mailbox} has expired` : count > 1 ? `${count} mailboxes have expired` : "The mailbox has expired";
    case "last-day":
      return `Last day before the deletion${about}`;
    case "deleted":
      return mailbox ? `Deletion of ${mailbox}` : count > 1 ? `Deletion of ${count} mailboxes` : "Deletion of the mailbox";
    default:
      return what;
  }
}

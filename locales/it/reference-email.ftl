### Cambiare l'indirizzo email di riferimento: nel rinnovo, per email, nella pagina che annulla il cambio.

renewal-email =
    <b>Indirizzo email di riferimento</b>

    { $question }
renewal-email-question =
    Scrivi il nuovo indirizzo: vi arriva un codice di 6 cifre, da scrivere poi in questa chat. Fino ad allora resta quello attuale, anche per l'ordine, e il rinnovo può andare avanti.

    L'indirizzo di riferimento è uno solo: riceve avvisi, promemoria e codici per tutte le caselle dello stesso cliente. Meglio un indirizzo ordinario, non la PEC che scade.
renewal-email-not-here = Da qui non si può cambiare: per il nuovo indirizzo serve un codice mandato per email, e { $operator } non invia email con questo servizio. Per cambiarlo basta scrivere a { $email } o telefonare: { $phone }. Intanto il rinnovo va avanti con l'indirizzo attuale.
renewal-email-unchanged = È già questo l'indirizzo di riferimento. Scrivine un altro, o torna indietro con il pulsante.
renewal-email-code =
    <b>Codice di 6 cifre</b>

    { $question }
renewal-email-code-question =
    Il codice è in arrivo a <b>{ $address }</b>. Scrivilo qui: vale fino alle <b>{ TIME($until) }</b>.

    Può volerci qualche minuto: guarda anche nella posta indesiderata. Con <b>Indietro</b> il rinnovo va avanti con { $now }; il codice puoi scriverlo anche dopo, da qui.
renewal-email-waiting = <b>{ $address }</b> aspetta il suo codice.
renewal-email-changed = Fatto: l'indirizzo di riferimento ora è <b>{ $address }</b>. All'indirizzo precedente arriva un'email che lo comunica.

## Il codice per email

mail-email-code-subject = Codice per il nuovo indirizzo di riferimento, { $operator }
mail-email-code-title = Codice per il nuovo indirizzo di riferimento
mail-email-code-opening = In una chat di Telegram è stato chiesto di usare questo indirizzo come indirizzo di riferimento presso { $operator }: riceverà avvisi e promemoria sulle caselle PEC, gli ordini e i codici per entrare.
mail-email-code-nobody-asks = Nessuno chiede questo codice per telefono o per email, nemmeno { $operator }: chi lo chiede vuole usare il tuo indirizzo al posto tuo.

## L'email all'indirizzo di prima

mail-email-changed-subject = L'indirizzo di riferimento è cambiato, { $operator }
mail-email-changed-preview = Se il cambio non è voluto, si può annullare fino { ARTICLE("al", $until) }{ DATE($until) }.
mail-email-changed-title = L'indirizzo di riferimento è cambiato
mail-email-changed-opening = { ARTICLE("Il", $at) }{ DATE($at) } alle { TIME($at) }, in una chat di Telegram collegata, l'indirizzo di riferimento presso { $operator } è stato cambiato. Avvisi, promemoria, ordini e codici per entrare arrivano ora al nuovo indirizzo, e non più a questo.
mail-email-changed-fine = Se il cambio è voluto, non c'è nulla da fare.
mail-email-changed-section = Se il cambio non è voluto
mail-email-changed-undo = Con questo link l'indirizzo precedente torna subito quello di riferimento. Vale fino { ARTICLE("al", $until) }{ DATE($until) } alle { TIME($until) }.
mail-email-changed-button = Annulla il cambio
mail-email-changed-write = Per tornare a questo indirizzo basta scrivere a { $operator }: { $email }, { $phone }.
mail-email-changed-chats = Chi ha cambiato l'indirizzo può vedere caselle e ordini dalla sua chat: per toglierla, scrivi a { $operator }: { $email }.

## L'email all'indirizzo tolto

mail-email-restored-subject = Il cambio dell'indirizzo di riferimento è stato annullato, { $operator }
mail-email-restored-title = Il cambio dell'indirizzo di riferimento è stato annullato
mail-email-restored-opening = { ARTICLE("Il", $at) }{ DATE($at) } alle { TIME($at) } il cambio è stato annullato dall'indirizzo precedente, che è di nuovo quello di riferimento presso { $operator }. A questo indirizzo non arrivano più promemoria.
mail-email-restored-help = Se non va bene così, scrivi a { $operator }: { $email }, { $phone }.

## Nelle chat

message-email-changed =
    ✉️ <b>L'indirizzo di riferimento è cambiato</b>

    { DATE($at) } alle { TIME($at) }: da un'altra chat collegata è stato cambiato l'indirizzo email che riceve avvisi, promemoria, ordini e codici per entrare. All'indirizzo precedente è arrivata un'email che lo comunica.

    Se il cambio non è voluto, scrivi a { $operator }: { $email }.
message-email-restored =
    ✉️ <b>È tornato l'indirizzo di riferimento precedente</b>

    { DATE($at) } alle { TIME($at) }: il cambio è stato annullato dall'indirizzo email precedente. Avvisi, promemoria, ordini e codici per entrare arrivano di nuovo lì.

    Se non va bene così, scrivi a { $operator }: { $email }.

## La pagina

email-undo-title = Annullare il cambio dell'indirizzo?
email-undo-about = { ARTICLE("Il", $at) }{ DATE($at) } alle { TIME($at) } l'indirizzo email di riferimento è stato cambiato. Annullando il cambio, avvisi, promemoria, ordini e codici per entrare arrivano di nuovo all'indirizzo che ha ricevuto questo link.
email-undo-button = Annulla il cambio
email-undo-done-title = Il cambio è annullato
email-undo-done = L'indirizzo che ha ricevuto il link è di nuovo quello di riferimento.
email-undo-chats = Chi aveva cambiato l'indirizzo può vedere caselle e ordini dalla sua chat. Per toglierla, scrivi a { $operator }: { $email }.
email-undo-over-title = Il link non vale più
email-undo-over = Il link valeva sette giorni, e soltanto finché restava in uso il nuovo indirizzo. Per cambiare l'indirizzo di riferimento scrivi a { $operator }: { $email }.
email-undo-unknown-title = Link non valido
email-undo-unknown = Il link è incompleto, o non è di { $operator }. Quello giusto è nell'email che annunciava il cambio; in alternativa basta scrivere a { $email }.

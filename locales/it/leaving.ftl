### Cancellare tutti i dati di un cliente: due passi e un codice per email; la conferma.

leaving-not-here = Da questa chat non si può più: scrivi a { $operator }, { $email }.

## Di chi

leaving-whose = <b>Di quale cliente cancellare tutti i dati?</b>
leaving-customer = { $count ->
    [0] Senza caselle
    [one] { $address }
   *[other] { $address } · { $count }
}
leaving-others = Un altro cliente

## Che cosa succede

leaving-terms =
    <b>Cancellare tutti i dati del cliente?</b>

    { $body }
leaving-goes = <b>Si cancellano</b>{ $mailboxes ->
    [0] {""}
    [1] {" "}la casella <b>{ $first }</b>,
    [2] {" "}le caselle <b>{ $first }</b> e un'altra,
   *[other] {" "}le caselle <b>{ $first }</b> e altre { $more },
} titolari e contatti, l'indirizzo email di riferimento, l'accesso da questa chat, scelte, messaggi e rinnovi a metà.
leaving-stays = <b>Restano fino { ARTICLE("al", $until) }{ DATE($until) }</b>, { $years } anni per legge (art. 2220 c.c.): { $orders ->
    [0] {""}
    [one] un ordine con pagamenti e fatture,{" "}
   *[other] { $orders } ordini con pagamenti e fatture,{" "}
}gli avvisi dovuti e questa richiesta, con le prove.
leaving-lives = { $count ->
    [one] La casella PEC resta attiva fino alla scadenza
   *[other] Le caselle PEC restano attive fino alla scadenza
}: da qui non si potrà rinnovare e non arriverà più alcun promemoria.
leaving-final = Non si può annullare. Per farlo serve un codice, mandato a <b>{ $email }</b>.
leaving-send = Manda il codice

## Che cosa lo impedisce

leaving-not-yet = Ora non si può:
leaving-against = { $why ->
    [open_order] – l'ordine <b>{ $name }</b> è ancora aperto: da /ordini si paga o, se non è arrivato nulla, si annulla.
    [money] – per l'ordine <b>{ $name }</b> c'è una somma da restituire o da chiarire: si potrà quando sarà a posto.
    [unseen] – il rinnovo pagato con l'ordine <b>{ $name }</b> non risulta ancora fatto: si potrà quando risulterà.
    [automatic] – il rinnovo automatico di <b>{ $name }</b> è attivo: si disattiva da /caselle.
    [pending] – { $operator } ha qualcosa da chiarire per questo cliente: scrivi a { $email }.
    [several_chats] – altre chat sono collegate allo stesso cliente: scrivi a { $operator }, { $email }.
    [email_changed] – l'indirizzo email di riferimento è cambiato da poco: per sicurezza si potrà dopo { ARTICLE("il", $until) }{ DATE($until) }.
   *[no_mail] – serve un codice per email, e { $operator } non ne invia con questo servizio: scrivi a { $email }.
}

## Il codice

leaving-code =
    <b>Codice di 6 cifre</b>

    { $question }
leaving-code-question =
    Il codice è in arrivo a <b>{ $address }</b> e vale fino alle <b>{ TIME($until) }</b>.

    <b>Quando lo scrivi qui si cancella tutto, subito</b>, e non si può annullare. Se l'email non si vede, guarda nella posta indesiderata.
leaving-done =
    <b>Fatto: tutti i dati del cliente sono stati cancellati</b> { ARTICLE("il", $at) }{ DATE($at) } alle { TIME($at) }.

    { $orders ->
        [0] Gli avvisi dovuti per legge
        [one] L'ordine, gli avvisi dovuti per legge
       *[other] Gli ordini, gli avvisi dovuti per legge
    } e questa richiesta restano fino { ARTICLE("al", $until) }{ DATE($until) }. Per email arriva la conferma. Da qui non arriveranno più promemoria per le sue caselle PEC.

## Il codice per email

mail-leaving-code-subject = Codice per cancellare i dati, { $operator }
mail-leaving-code-title = Codice per cancellare tutti i dati
mail-leaving-code-opening = In una chat di Telegram è stato chiesto di cancellare tutti i dati che { $operator } conserva su questo cliente: caselle PEC, titolari, contatti e promemoria. <b>Chi scrive il codice in quella chat li cancella subito</b>, e non si può annullare.
mail-leaving-code-nobody-asks = Nessuno chiede questo codice per telefono o per email, nemmeno { $operator }.

## La conferma

mail-forgotten-subject = I dati sono stati cancellati, { $operator }
mail-forgotten-title = I dati sono stati cancellati
mail-forgotten-opening = { ARTICLE("Il", $at) }{ DATE($at) } alle { TIME($at) } { $operator } ha cancellato, come chiesto, tutti i dati del cliente con questo indirizzo email di riferimento: titolari, contatti, caselle, scelte e promemoria.
mail-forgotten-boxes = Le caselle PEC restano attive fino alla scadenza, ma non arriverà più alcun promemoria: questa è l'ultima email.
mail-forgotten-section = Che cosa resta, e fino a quando
mail-forgotten-stays = Per legge (art. 2220 c.c.) restano fino { ARTICLE("al", $until) }{ DATE($until) } { $orders ->
    [0] {""}
    [one] un ordine con pagamenti e fatture,{" "}
   *[other] { $orders } ordini con pagamenti e fatture,{" "}
}gli avvisi dovuti e la richiesta di cancellazione, con le prove.
mail-forgotten-help = Se la richiesta non è tua, scrivi subito a { $operator }: { $email }, { $phone }.
message-customer-forgotten =
    <b>I dati del cliente sono stati cancellati</b>

    { DATE($at) } alle { TIME($at) }: come chiesto, { $operator } ha cancellato titolari, contatti, caselle, scelte e promemoria. Per legge restano fino { ARTICLE("al", $until) }{ DATE($until) } { $orders ->
        [0] {""}
        [one] un ordine con pagamenti e fatture,{" "}
       *[other] { $orders } ordini con pagamenti e fatture,{" "}
    }gli avvisi dovuti e la richiesta.

    Se non va bene così, scrivi a { $operator }: { $email }.

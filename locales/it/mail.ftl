### Email: oggetti, titoli e ciò che solo un'email dice. Le frasi in comune con la chat sono in messages.ftl.

## In ogni email

mail-footer-safety = Email inviata in automatico da { $operator }. Nessuno chiede per email la password della PEC o i dati di una carta.
mail-footer-help = Per assistenza: { $email }, { $phone }
mail-footer-operator = { $name }, P. IVA { $vat }, { $address }
mail-footer-example = Gestore di esempio: prezzi, conti e condizioni non sono reali.

mail-preview-mailboxes = { $count ->
    [one] Rinnovo di { $first }
   *[other] Rinnovo di { $count } caselle PEC, tra cui { $first }
}

## Conferma dell'ordine

mail-placed-subject = Ordine { $order }: { MONEY($due) } da pagare entro { ARTICLE("il", $by) }{ DATE($by) }
mail-placed-preview = { $count ->
    [one] Rinnovo di { $address }: come pagare
   *[other] Rinnovo di { $count } caselle PEC: come pagare
}
mail-placed-title = Ordine { $order } ricevuto
mail-placed-opening = Questa è la conferma dell'ordine { ARTICLE("del", $placed) }{ DATE($placed) }. Il rinnovo si completa quando il pagamento è registrato: fino ad allora la scadenza non cambia.
mail-placed-change = Se cambi idea
mail-auto-renewal = Rinnovo automatico: <b>attivo</b> a rinnovo completato.
mail-cancel = Finché non è pagato, l'ordine si può annullare: nella chat di { -product }, con il comando /ordini.

## Come si paga

mail-pay-title = Come pagare
mail-pay-amount = Importo
mail-pay-method = Modalità
mail-pay-timing = { $at_once ->
    [true] registrato subito
   *[false] { $same ->
        [true] { $max ->
            [0] registrato nello stesso giorno lavorativo
            [1] registrato il giorno lavorativo successivo
           *[other] registrato dopo { $max } giorni lavorativi
        }
       *[false] registrato dopo { $min }–{ $max } giorni lavorativi
    }
}
mail-pay-beneficiary = Beneficiario
mail-pay-iban = IBAN
mail-pay-bic = BIC
mail-pay-account = Conto corrente postale
mail-pay-reason = Causale
mail-pay-reason-note = { $integrates ->
    [true] da scrivere proprio così
   *[false] soltanto il numero d'ordine
}
mail-pay-creditor-reference = Riferimento RF
mail-pay-creditor-reference-note = facoltativo: per le banche che hanno un campo apposito
mail-pay-order = Ordine
mail-pay-link = Si paga nella pagina che si apre dal pulsante: i dati di una carta si scrivono soltanto lì, mai nella chat o in un'email.
mail-pay-unknown = La modalità scelta non è più disponibile. { $operator } dice come pagare: { $email }, { $phone }.
mail-pay-letter = La lettera d'impegno, firmata e con il numero d'ordine, va inviata a { $operator }: { $email }.
mail-pay-qr = <b>Dal telefono</b>
    Per le banche la cui app legge i QR dei bonifici: prima di confermare va controllato che nome, IBAN, importo e causale siano quelli indicati in questa email.
mail-pay-qr-alt = Codice QR del bonifico

## L'ordine, riga per riga

mail-order-section = Ordine { $order }
mail-order-many = { $count ->
    [one] { $count } casella PEC
   *[other] { $count } caselle PEC
}
mail-order-years = { $what }, { renewal-year-count }
mail-order-once = Una volta sola
mail-order-vat = { MONEY($net) } + IVA { MONEY($vat) }
mail-order-new-expiry = Nuova scadenza (prima { DATE($old) })
mail-order-plan-change = Cambio di piano: da { $old } a { $new }
mail-order-net = Imponibile
mail-order-vat-sum = IVA
mail-order-total = Totale
mail-order-vat-open = IVA, se dovuta
mail-order-total-open = Totale, se l'IVA è dovuta
mail-order-due = Da pagare
mail-order-split = Scissione dei pagamenti: l'IVA la versa l'ente
mail-mailboxes = { $count ->
    [one] Casella e nuova scadenza
   *[other] Caselle e nuove scadenze
}

## Pagamento in parte

mail-partial-subject = Ordine { $order }: ricevuti { MONEY($paid) }, restano { MONEY($missing) }

## Fattura

mail-invoice-subject = { $document ->
    [credit_note] Nota di credito per l'ordine { $order }
   *[invoice] Fattura per l'ordine { $order }
}
mail-invoice-where = Dove si legge

## Rinnovo completato

mail-completed-subject = { $count ->
    [one] Rinnovo completato: ordine { $order }
   *[other] Rinnovo di { $count } caselle completato: ordine { $order }
}
mail-completed-until = { $count ->
    [one] <b>{ $first }</b> è rinnovata fino a <b>{ LONGDATE($expiry) }</b>.
   *[other] { $count } caselle sono rinnovate: la prima scade <b>{ LONGDATE($expiry) }</b>.
}
mail-completed-opening = Il pagamento dell'ordine <b>{ $order }</b>, <b>{ MONEY($due) }</b>, è registrato. Non serve altro.
mail-completed-active = Attivo da ora

## Ordine che sta per scadere, ordine annullato

mail-expiring-subject = Ordine { $order }: { MONEY($missing) } da pagare entro { ARTICLE("il", $until) }{ DATE($until) }
mail-cancelled-preview = I { MONEY($due) } dell'ordine non vanno più pagati.

## Il codice per collegare una chat

mail-code-subject = Codice per collegare la chat con { $operator }
mail-code-preview = Vale { $minutes ->
    [one] { $minutes } minuto
   *[other] { $minutes } minuti
}. Chi non l'ha chiesto può ignorare questa email.
mail-code-title = Codice per collegare la chat
mail-code-opening = Il codice collega la chat di Telegram in cui è stato chiesto alle caselle PEC che hanno questo indirizzo di riferimento presso { $operator }: da lì si vedono scadenze e ordini, e si può rinnovare.
mail-code-section = Da scrivere nella chat
mail-code-label = Codice
mail-code-note = vale { $minutes ->
    [one] { $minutes } minuto
   *[other] { $minutes } minuti
}, fino alle { TIME($until) }, e soltanto nella chat in cui è stato chiesto
mail-code-nobody-asks = Nessuno chiede questo codice per telefono o per email, nemmeno { $operator }: chi lo chiede vuole entrare al posto tuo.
mail-code-ignore = Se non l'hai chiesto, ignora questa email: senza il codice non cambia nulla. Se ne arrivano altre, scrivi a { $operator }: { $email }.
mail-code-link-section = Oppure senza codice
mail-code-link-button = Collega la chat
mail-code-link-note = Il link vale una volta, da qualsiasi chat, fino alle { TIME($until) } { ARTICLE("del", $until) }{ DATE($until) }: non inoltrarlo.

## Promemoria di scadenza. Le altre frasi sono in reminders.ftl

mail-reminder-preview = { $count ->
    [one] { $first }, { $expired ->
        [true] scaduta
       *[false] scade
    } { LONGDATE($expires) }
   *[other] { $count } caselle PEC, tra cui { $first }
}
mail-reminder-mailbox = Piano { $plan }, { $expired ->
    [true] scaduta
   *[false] scade
} { reminder-when }
mail-reminder-renew = Il pulsante apre Telegram al rinnovo { $count ->
    [one] di questa casella
   *[other] di queste caselle
}, nella chat con { -product }, il bot di { $operator }. { mail-reminder-link }
mail-reminder-stop = Il pulsante apre Telegram, nella chat con { -product }, il bot di { $operator }, dove il rinnovo automatico si può disattivare. { mail-reminder-link }
mail-reminder-link = Il link è personale: vale una volta sola, per { $days } giorni, e non va inoltrato. Non viene chiesta nessuna password.
mail-space-open = Apri in Telegram
mail-space-how = Il pulsante apre Telegram, nella chat con { -product }, il bot di { $operator }. { mail-reminder-link }
mail-reminder-holders = Le caselle hanno titolari diversi: ogni ordine è per un solo titolare, e nella chat si sceglie da quale cominciare.
mail-reminder-automatic-subject = { $count ->
    [one] Rinnovo automatico: addebito { ARTICLE("il", $charge) }{ DATE($charge) }
   *[other] Rinnovo automatico di { $count } caselle: primo addebito { ARTICLE("il", $charge) }{ DATE($charge) }
}
mail-reminder-not-charged-subject = { $count ->
    [one] Rinnovo automatico non ancora pagato: scadenza { reminder-when }
   *[other] { $count } rinnovi automatici non ancora pagati: prima scadenza { reminder-when }
}
mail-reminder-in-chat = Nella chat con { -product } l'ordine si rivede, e finché non è pagato si può annullare, con il comando /ordini.
mail-fewer-link = Per ricevere meno promemoria per email, o nessuno: <a href="{ $url }">scegli quali ricevere</a>. { last-day-comes } { owed-comes }
mail-fewer-write = Per ricevere meno promemoria per email, o nessuno, basta scrivere a { $email } indicando il codice { $code }. { last-day-comes } { owed-comes }

## Conferma: nessun promemoria per email

mail-silenced-subject = Nessun promemoria per email: conferma
mail-silenced-preview = La scelta si può annullare con il link in questa email.
mail-silenced-title = Nessun promemoria per email
mail-silenced-what = { ARTICLE("Dal", $at) }{ DATE($at) } alle { TIME($at) } a questo indirizzo non arriva più nessun promemoria di scadenza, nemmeno gli ultimi: la richiesta è arrivata con il link di un'email, o tramite il gestore.
mail-silenced-still = Una casella scaduta riceve ancora, ma non può più inviare; più tardi viene cancellata, con tutto ciò che contiene. Nelle chat collegate i promemoria continuano. { last-day-comes } { owed-comes }
mail-silenced-section = Per tornare indietro
mail-silenced-undo-what = Il pulsante riporta i promemoria com'erano prima di questa scelta; dopo una scelta più recente non cambia nulla. Se non l'hai chiesto, oltre ad annullare puoi scrivere a { $email }.
mail-silenced-undo = Annulla la scelta
mail-silenced-write = Per ricevere di nuovo i promemoria, o se non l'hai chiesto, scrivi a { $email } indicando il codice { $code }.

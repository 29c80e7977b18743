### Messaggi che arrivano da sé, in chat e per email: pagamenti, rinnovi, ordini in scadenza. Le frasi sono le stesse.

message-see-order = Vedi l'ordine
message-all-mailboxes = Vedi tutte le caselle
message-renew = Rinnova
message-renewal-of = { $count ->
    [one] Rinnovo di <b>{ $first }</b>
   *[other] Rinnovo di { $count } caselle, tra cui <b>{ $first }</b>
}

## Rinnovo completato

message-completed-title = Rinnovo completato
message-completed =
    ✅ <b>{ message-completed-title }</b>

    { $body }
message-completed-mailbox =
    <b>{ $address }</b>
    Nuova scadenza: <b>{ $alone ->
        [true] { LONGDATE($expiry) }
       *[false] { DATE($expiry) }
    }</b>
    { $active }
message-completed-line = { $address }: <b>{ DATE($expiry) }</b>
message-completed-count =
    { $count ->
        [one] <b>{ $count } casella rinnovata</b>, con la nuova scadenza:
       *[other] <b>{ $count } caselle rinnovate</b>, con la nuova scadenza:
    }
message-completed-more = { $count ->
    [one] e un'altra casella
   *[other] e altre { $count } caselle
}
message-completed-paid = Ordine <code>{ $order }</code>, pagato: <b>{ MONEY($due) }</b>
message-active = Piano { $plan }: { GB($mailbox) } di casella{ $archives ->
    [true] , { GB($archive) } di archivio
   *[false] {""}
}
message-active-plan = Piano { $plan }
message-archives-closing = { $count ->
    [one] Con il cambio di piano, a rinnovo completato l'archivio di <b>{ $first }</b> viene chiuso e i messaggi che contiene vengono cancellati.
   *[other] Con il cambio di piano, a rinnovo completato l'archivio di { $count } caselle viene chiuso e i messaggi che contiene vengono cancellati.
}
message-archives-closed = { $count ->
    [one] Come confermato nell'ordine, l'archivio di <b>{ $first }</b> è stato chiuso, con i messaggi che conteneva.
   *[other] Come confermato nell'ordine, l'archivio di { $count } caselle è stato chiuso, con i messaggi che conteneva.
}
message-auto-renewal = Rinnovo automatico: <b>attivo</b>{ $dated ->
    [true] {" "}{ ARTICLE("dal", $at) }{ DATE($at) } alle { TIME($at) } ({ ZONE($at) })
   *[false] {""}
}. Prossimo addebito: { $same ->
    [true] <b>{ DATE($first) }</b>
   *[false] { ARTICLE("dal", $first) }<b>{ DATE($first) }</b> { ARTICLE("al", $last) }<b>{ DATE($last) }</b>, in tutto
}, <b>{ MONEY($due) }</b>, per { renewal-year-count }; prima si può disattivare con /caselle.
message-kit = Kit di firma digitale incluso nell'ordine: { $kit }
message-surplus = Sono arrivati <b>{ MONEY($refund) }</b> più del dovuto: { $operator } provvede al rimborso.

## Pagamento in parte

message-partial-title = Pagamento ricevuto in parte
message-partial =
    🧾 <b>{ message-partial-title }</b>

    { $body }
message-partial-received = Per l'ordine <code>{ $order }</code> è stato registrato un pagamento di <b>{ MONEY($paid) }</b>{ $several ->
    [true] : in tutto { MONEY($received) } su { MONEY($due) }
   *[false] , su un totale di { MONEY($due) }
}.
message-partial-missing = Resta da pagare <b>{ MONEY($missing) }</b>.
message-partial-completes = Il rinnovo si completa quando è registrata anche questa somma: fino ad allora la scadenza non cambia.

## Conferma di un ordine che non dice più il vero

message-confirmation-over =
    🧾 <b>Ordine <code>{ $order }</code></b>

    { $stands ->
        [part-paid] Sono arrivati { MONEY($paid) }, <b>mancano { MONEY($missing) }</b>: come pagarli si vede nell'ordine.
        [awaiting] <b>Da pagare: { MONEY($missing) }</b>. Come, si vede nell'ordine.
        [completed] Il pagamento è arrivato: <b>non c'è altro da pagare</b>.
       *[over] <b>Non è più da pagare</b>: perché, si vede nell'ordine.
    }

## Fattura

message-invoice-title = { $document ->
    [credit_note] È stata emessa una nota di credito
   *[invoice] È stata emessa la fattura
}
message-invoice =
    🧾 <b>{ message-invoice-title }</b>

    { $body }
message-invoice-what = { $document ->
    [credit_note] Nota di credito
   *[invoice] Fattura
} <b>{ $number }</b> { ARTICLE("del", $issued) }<b>{ DATE($issued) }</b>, per l'ordine <code>{ $order }</code>
invoice-read = { $document ->
    [credit_note] Apri la nota di credito
   *[invoice] Apri la fattura
}

## Un'altra modalità di pagamento

message-method-title = L'ordine { $order } si paga in un altro modo
message-method =
    🧾 <b>{ message-method-title }</b>
    { $body }
message-method-what = La modalità è cambiata: ora si paga con <b>{ $method }</b>. Un pagamento già partito vale lo stesso, e non va ripetuto.

## Ordine che sta per scadere

message-expiring-title = L'ordine { $order } attende il pagamento
message-expiring =
    ⏳ <b>{ message-expiring-title }</b>

    { $body }
message-expiring-due = { $some ->
    [true] Per l'ordine sono stati registrati { MONEY($received) }: restano da pagare <b>{ MONEY($missing) }</b>.
   *[false] Il pagamento di <b>{ MONEY($missing) }</b> non è ancora registrato.
}
message-expiring-on-its-way = Se il pagamento è già partito non serve altro: quando viene registrato, arriva la conferma.

## Ordine con una casella che non c'è più

message-gone-title = Ordine { $order }: non più da pagare
message-gone =
    ⛔ <b>{ $title }</b>

    { $body }

## Ordine scaduto

message-expired-title = L'ordine { $order } è scaduto
message-expired =
    ⌛ <b>{ message-expired-title }</b>

    { $body }
message-expired-why = Il pagamento di <b>{ MONEY($due) }</b> non è stato registrato{ $some ->
    [true] {" "}per intero
   *[false] {""}
} entro <b>{ LONGDATE($until) }</b>, e ora l'ordine non si può più pagare.
message-expired-gone = { $count ->
    [one] <b>{ $first }</b> si poteva salvare fino { ARTICLE("al", $last_day) }{ DATE($last_day) }: ora viene cancellata, con tutto ciò che contiene. Lo stesso nome si può avere soltanto con un nuovo acquisto e per lo stesso codice fiscale: <a href="{ $url }">nuova casella</a>.
   *[other] { $count } caselle, la prima è <b>{ $first }</b>, hanno superato l'ultimo giorno utile: ora vengono cancellate, con tutto ciò che contengono. Gli stessi nomi si possono avere solo con un nuovo acquisto e lo stesso codice fiscale: <a href="{ $url }">nuova casella</a>.
}
message-expired-renewable = { $count ->
    [one] <b>{ $first }</b> si può ancora rinnovare con un nuovo ordine, fino { ARTICLE("al", $until) }<b>{ DATE($until) }</b>; poi viene cancellata, con tutto ciò che contiene.
   *[other] { $count } caselle, la prima è <b>{ $first }</b>, si possono ancora rinnovare con un nuovo ordine, la prima fino { ARTICLE("al", $until) }<b>{ DATE($until) }</b>; poi vengono cancellate, con tutto ciò che contengono.
}
message-if-already-paid = { $some ->
    [true] I { MONEY($received) } già registrati non vanno persi: { $operator } provvede al rimborso. Per informazioni: { $email }.
   *[false] Se il pagamento è già partito, il denaro non va perso: { $operator } lo vede arrivare e lo sistema. Per informazioni: { $email }.
}

## Ordine annullato

message-cancelled-title = L'ordine { $order } è annullato
message-cancelled-what = L'ordine è stato annullato su richiesta e non va più pagato.{ $count ->
    [0] {""}
    [one] {" "}<b>{ $first }</b> resta con la scadenza { ARTICLE("del", $expires) }<b>{ DATE($expires) }</b> e si può rinnovare con un nuovo ordine.
   *[other] {" "}Le { $count } caselle restano con le scadenze di prima, la più vicina { ARTICLE("il", $expires) }<b>{ DATE($expires) }</b>, e si possono rinnovare con un nuovo ordine.
}

## Un'altra chat

message-chat-joined =
    🔗 <b>Un'altra chat è stata collegata</b>

    { DATE($at) } alle { TIME($at) }: un'altra chat di Telegram è stata collegata { $count ->
        [one] alla casella <b>{ $first }</b>
       *[other] alle stesse { $count } caselle, tra cui <b>{ $first }</b>
    }. Da quella chat si vedono caselle e ordini, e si può rinnovare.

    Chi non sa di chi è può scrivere a { $operator }: { $email }.

## Nessun promemoria per email

message-mail-silenced =
    🔕 <b>Nessun promemoria per email</b>

    { DATE($at) } alle { TIME($at) }: è stato chiesto di non mandare più promemoria per email{ $count ->
        [0] {""}
        [one] , per la casella <b>{ $first }</b>
       *[other] , per { $count } caselle, tra cui <b>{ $first }</b>
    }. In questa chat continuano.

    Per annullare c'è un link nell'email di conferma, all'indirizzo di riferimento. Chi non ne sa nulla può scrivere a { $email }.

## Al gestore: un pagamento da controllare

message-review =
    🔎 <b>Pagamento da controllare</b>

    { $reason ->
        [unknown_order] Nessun ordine ha questo numero.
        [collective_changed] Un ordine del numero collettivo non è più da pagare: la sua parte è da decidere.
        [several_orders] Vi è nominato più di un ordine.
        [other_currency] È in un'altra valuta: per l'ordine non conta.
        [order_cancelled] L'ordine è annullato.
        [order_undecided] L'importo dell'ordine non è ancora deciso: manca la decisione sull'IVA.
        [order_expired] L'ordine è scaduto.
        [order_withdrawn] Dall'ordine il cliente ha receduto: è da rimborsare tutto.
        [mailbox_deleted] Una casella dell'ordine intanto è stata cancellata.
        [told_twice] L'estratto conto riporta lo stesso importo entro tre giorni: probabilmente è lo stesso pagamento. Per ora non conta una seconda volta.
        [surplus] È arrivato più del dovuto: il rinnovo è completato, il resto è da rimborsare.
        [duplicate] L'ordine era già pagato: è da rimborsare tutto, a meno che non sia un solo pagamento arrivato per due vie.
        [after_reversal] L'ordine era completato, ma un pagamento era tornato indietro: questo copre ciò che mancava, il resto è da rimborsare.
        [reversal_unfit] Non torna: è tornato indietro più di quanto ne restava, o ne è rientrato più di quanto era uscito. Per ora non conta.
        [contradicted] Ha il numero di un pagamento già noto, ma dice altro. Vale ciò che fu registrato prima.
       *[reversed] È stato stornato: non conta più per l'ordine, e la scadenza non torna indietro da sé.
    }

    Pagamento: <code>{ $payment }</code>
    Ordine: <code>{ $order }</code>
    Importo: <b>{ $euro ->
        [true] { MONEY($paid) }
       *[false] { $paid_text } { $currency }
    }</b>
    Registrato: { DATE($at) }, { TIME($at) } ({ $method }){ $refunds ->
        [true] {"\u000A"}Da rimborsare: <b>{ MONEY($refund) }</b>
       *[false] {""}
    }

    Per decidere: <code>python -m bot payments review</code>

## Al gestore: casi che aspettano una persona

message-cases =
    📋 <b>{ $count ->
        [one] Un caso da seguire
       *[other] { $count } casi da seguire
    }</b>

    { $body }{ $more ->
        [0] {""}
        [one] {"\u000A"}e un altro
       *[other] {"\u000A"}e altri { $more }
    }

    Per vederli: <code>python -m bot office list</code>
message-case = <code>{ $id }</code> { $kind ->
    [not_renewed] Rinnovo pagato che dal gestore non risulta
    [notice] Avviso del rinnovo automatico, in ritardo o non consegnato
    [switched] Rinnovo automatico attivato o disattivato, da comunicare a chi addebita
    [forgotten] Un cliente ha cancellato i suoi dati: toglierlo dai propri archivi
    [vat] Ordine di un'attività all'estero: decidere l'IVA
    [invoice] Fattura che non corrisponde a un ordine, o diversa da prima
    [email_undone] Cambio dell'indirizzo di riferimento, annullato da quello precedente
    [gone] Casella che non è più nel file, con pagamenti ancora possibili o già fatti
    [statement] Estratto conto con movimenti da decidere
    [withdrawn] Recesso di un consumatore, con denaro da restituire
    [undelivered] Messaggio che non è arrivato al cliente
   *[payment] Pagamento
}: <b>{ $subject }</b>{ $dated ->
    [true] , entro { ARTICLE("il", $due) }{ DATE($due) }
   *[false] {""}
}

## Rinnovo automatico attivato o disattivato

message-automatic-title = { $on ->
    [true] Rinnovo automatico attivato
   *[false] Rinnovo automatico disattivato
}
message-automatic =
    🔁 <b>{ $title }</b>

    { $body }
message-automatic-body =
    <b>{ $address }</b>
    { DATE($at) } alle { TIME($at) } ({ ZONE($at) }): { $on ->
        [true] il rinnovo automatico è <b>attivo</b>. Addebito: <b>{ DATE($charge) }</b>{ $priced ->
            [true] , <b>{ MONEY($due) }</b>
           *[false] {""}
        }{ $known ->
            [true] , per { renewal-year-count }
           *[false] {""}
        }; prima di quel giorno si può disattivare con /caselle.
       *[false] il rinnovo automatico è <b>disattivato</b>. Non ci sono altri addebiti automatici{ $charged ->
            [true] , ma quello previsto { ARTICLE("il", $charge) }{ DATE($charge) } può essere già avvenuto, e resta
           *[false] {""}
        }. La scadenza resta { ARTICLE("il", $expires) }<b>{ DATE($expires) }</b>, e i promemoria per rinnovare tornano ad arrivare.
    }

    Chi non ne sa nulla può scrivere a { $email }.
message-automatic-operator =
    🔁 <b>{ $on ->
        [true] Rinnovo automatico attivato
       *[false] Rinnovo automatico disattivato
    }</b>

    <b>{ $address }</b>{ $named ->
        [true] {" "}(cliente <b>{ $customer }</b>)
       *[false] {""}
    }, { DATE($at) } alle { TIME($at) } ({ ZONE($at) }). { $on ->
        [true] Addebito: { DATE($charge) }.
       *[false] Chi addebita non lo sa ancora: l'addebito previsto ({ DATE($charge) }) va tolto.
    }

message-space-title = 📦 <b>{ $text }</b>
message-space-heading = { $count ->
    [one] { $level ->
        [100] Spazio esaurito
       *[other] Usato almeno il { $level }% dello spazio
    }
   *[other] { $level ->
        [100] { $count } caselle PEC quasi piene o piene
       *[other] { $count } caselle PEC con almeno il 70% dello spazio usato
    }
}
message-space-line = <b>{ $address }</b>: usati { GB($used) } su { GB($room) } { $archive ->
    [true] dell'archivio
   *[false] della casella
}.
message-space-more = { $count ->
    [one] E un'altra casella.
   *[other] E altre { $count } caselle.
}
message-space-ways = Puoi liberare spazio cancellando messaggi{ $extra ->
    [true] , oppure comprarne altro { message-space-when }
   *[false] { $larger ->
        [true] , oppure passare { message-space-when } al piano <b>{ $plan }</b>, che può averne di più
       *[false] {""}
    }
}.
message-space-when = { $renewable ->
    [true] con il rinnovo
   *[false] con il prossimo rinnovo
}
message-space-order = Per chi è iscritto a un Ordine: una PEC piena è trattata come una PEC assente (CNDCEC, Pronto Ordini 63 del 3 ottobre 2025).

### I miei ordini: l'elenco, un ordine, il suo annullamento.

orders-list =
    <b>I miei ordini</b>

    { $lines }
orders-none =
    <b>I miei ordini</b>

    Non ci sono ancora ordini. Per rinnovare una casella: /rinnova
order-status-words = { $progress ->
    [awaiting_decision] in attesa della decisione sull'IVA
    [gone] non più da pagare
    [awaiting_payment] in attesa di pagamento
    [part_paid] pagato in parte
    [completed] rinnovo completato
    [cancelled] annullato
    [withdrawn] recesso
   *[expired] scaduto { $some ->
        [true] con un pagamento solo parziale
       *[false] senza pagamento
    }
}
order-gone-which = Il rinnovo è nell'ordine <code>{ $order }</code>.
order-gone = <b>Quest'ordine non va pagato</b>: { $count ->
    [one] <b>{ $first }</b> non risulta
   *[other] { $more ->
        [one] <b>{ $first }</b> e un'altra casella non risultano
       *[other] <b>{ $first }</b> e altre { $more } caselle non risultano
    }
} più tra le caselle gestite qui, e il pagamento non porterebbe al rinnovo.{ $others ->
    [true] {" "}Per rinnovare le altre caselle, annulla quest'ordine e fanne uno nuovo.
   *[false] {""}
} Se è un errore, o se hai già pagato: { $operator }, { $email }.
orders-amount = { $progress ->
    [awaiting_decision] { MONEY($net) } + IVA se dovuta
   *[other] { MONEY($due) }
}
orders-line = <b>{ $order }</b>, { DATE($placed) }: { orders-amount }, { order-status-words }{ $progress ->
    [part_paid] : mancano <b>{ MONEY($missing) }</b>
   *[other] {""}
}
orders-choice = { $order } · { orders-amount }
orders-all = I miei ordini

order-page =
    <b>Ordine { $order }{ $open ->
        [true] , { order-status-words }
       *[false] {""}
    }</b>
    { $body }
order-placed-on = Ordine { ARTICLE("del", $placed) }{ DATE($placed) }
order-status = { ARTICLE("Del", $placed) }{ DATE($placed) }, <b>{ order-status-words }</b>
order-status-since = { ARTICLE("Del", $placed) }{ DATE($placed) }, <b>{ order-status-words }</b> { ARTICLE("il", $since) }<b>{ DATE($since) }</b>
order-again = Per ordinare di nuovo: /rinnova
order-for =
    Titolare: { $name }
    Pagamento: { $method }
order-auto-renewal = Rinnovo automatico: { $auto_renew ->
    [true] <b>attivo</b> a rinnovo completato
   *[false] non attivo
}
order-auto-renewal-began = Con questo ordine è stato attivato il rinnovo automatico: con /caselle si vede se è ancora attivo, e si cambia.
order-active = Attivo: { $active }
order-received-line = { $kind ->
    [released] Spostati su un altro ordine <b>{ MONEY($cents) }</b> { ARTICLE("il", $at) }{ DATE($at) }
    [reversed] Stornati <b>{ MONEY($cents) }</b> { ARTICLE("il", $at) }{ DATE($at) }
   *[other] <b>{ MONEY($cents) }</b> { ARTICLE("il", $at) }{ DATE($at) }
}
order-received-one = Pagamento registrato: <b>{ MONEY($paid) }</b> { ARTICLE("il", $at) }<b>{ DATE($at) }</b>
order-received-many =
    Pagamenti registrati, in tutto <b>{ MONEY($paid) }</b>:
    { $lines }
order-received-more = { $count ->
    [one] e un altro, di prima
   *[other] e altri { $count }, di prima
}
order-invoice = { $document ->
    [credit_note] Nota di credito
   *[invoice] Fattura
} <b>{ $number }</b> { ARTICLE("del", $issued) }{ DATE($issued) }
order-invoices-more = { $count ->
    [one] e un altro documento, di prima
   *[other] e altri { $count } documenti, di prima
}
order-invoice-read = { $document ->
    [credit_note] Nota di credito { $number }
   *[invoice] Fattura { $number }
}
order-no-cancelling = Parte dell'importo è già arrivata: l'ordine non si annulla più da qui. Per rinunciare { $withdraws ->
    [true] si recede con il pulsante qui sotto.
   *[false] si scrive a { $operator }: { $email }.
}
order-qr = Mostra il QR
order-lines = Le caselle
order-cancel = Annulla ordine

order-cancel-ask =
    <b>Annullare l'ordine { $order }?</b>

    Non si potrà più pagare, e non si può ripristinare. { $count ->
        [one] <b>{ $first }</b> resta con la scadenza { ARTICLE("del", $expires) }<b>{ DATE($expires) }</b> e si può rinnovare con un nuovo ordine.
       *[other] Le { $count } caselle restano con le scadenze di oggi, la prima { ARTICLE("il", $expires) }<b>{ DATE($expires) }</b>, e si possono rinnovare con un nuovo ordine.
    }

    { $undecided ->
        [true] Non c'è ancora nulla da pagare.
       *[false] Se il pagamento di { MONEY($due) } è già stato fatto, conviene non annullare: il rinnovo si completa quando viene registrato.
    }
order-cancel-yes = Annulla definitivamente
order-cancel-no = Torna all'ordine

## Un'altra modalità di pagamento

order-method = Altra modalità
order-method-list =
    <b>Un'altra modalità di pagamento</b>
    { $body }
order-method-now = Ordine <code>{ $order }</code>, <b>{ MONEY($due) }</b>: ora si paga con { $method }.
order-method-none = Per quest'ordine non c'è un'altra modalità di pagamento.
order-method-over = L'ordine non attende più il pagamento per intero: la modalità resta quella di prima.
order-method-ask =
    <b>Pagare con { $method }?</b>

    { $body }
order-method-before = L'ordine <code>{ $order }</code> resta com'è: <b>{ MONEY($due) }</b>, da pagare entro { ARTICLE("il", $by) }<b>{ DATE($by) }</b>.
order-method-no-automatic = Il <b>rinnovo automatico</b> scelto con l'ordine <b>non viene attivato</b>: con questa modalità non è possibile.
order-method-on-its-way = Se un pagamento è già partito, vale quello: non serve cambiare, né pagare di nuovo.
order-method-yes = Cambia modalità

### I miei ordini: l'elenco, un ordine, il suo annullamento.

orders-list =
    <b>I miei ordini</b>

    { $lines }
orders-none =
    <b>I miei ordini</b>

    Non ci sono ancora ordini. Per rinnovare una casella: /rinnova
order-status-words = { $status ->
    [awaiting_payment] in attesa di pagamento
    [completed] rinnovo completato
    [cancelled] annullato
   *[expired] scaduto senza pagamento
}
orders-line = <b>{ $order }</b>, { DATE($placed) }: { MONEY($due) }, { order-status-words }
orders-choice = { $order } · { MONEY($due) }
orders-all = Tutti gli ordini

order-page =
    <b>Ordine { $order }</b>

    { $body }
order-status = Del { DATE($placed) }, <b>{ order-status-words }</b>
order-cancelled = Del { DATE($placed) }, <b>annullato</b> il { DATE($cancelled) }. Per ordinare di nuovo: /rinnova
order-for =
    Intestatario: { $name }
    Pagamento: { $method }
    Rinnovo automatico: { $auto_renew ->
        [true] <b>attivo</b> a rinnovo completato
       *[false] non attivo
    }
order-qr = Mostra il QR del bonifico
order-cancel = Annulla l'ordine

order-cancel-ask =
    <b>Annullare l'ordine { $order }?</b>

    Non si potrà più pagare, e non si può ripristinare. { $count ->
        [one] <b>{ $first }</b> resta con la scadenza del <b>{ DATE($expires) }</b> e si può rinnovare con un nuovo ordine.
       *[other] Le { $count } caselle restano con le scadenze di oggi, la prima il <b>{ DATE($expires) }</b>, e si possono rinnovare con un nuovo ordine.
    }

    Se hai già pagato { MONEY($due) }, non annullare: il pagamento verrà registrato.
order-cancel-yes = Annulla l'ordine definitivamente
order-cancel-no = Torna all'ordine

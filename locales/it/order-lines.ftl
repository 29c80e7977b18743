### Di che cosa è fatto un ordine: le righe di ogni casella, o le loro somme quando le caselle sono molte.
### Usate dal riepilogo, dalla conferma e dalla pagina dell'ordine.

lines-mailbox = <b>{ $address }</b>
lines-plan = Piano { $plan }, { renewal-year-count }
lines-becomes = { $changes ->
    [true] Da { $old } a { $new }
   *[false] Piano { $new }
}, { renewal-year-count } → <b>{ DATE($until) }</b>
lines-plan-change = Cambio di piano: da { $old } a { $new }
lines-archive-closed = A rinnovo completato l'archivio PEC viene chiuso e i messaggi che contiene vengono cancellati
lines-what = { $kind ->
    [plan] Piano { $name }{ lines-promoted }
    [extra_mailbox] { lines-extra } di casella
    [extra_archive] { lines-extra } di archivio
    [shipping] Spedizione
   *[kit] { $name }
}{ $kind ->
    [kit] {""}
    [shipping] {""}
   *[other] , { renewal-year-count }
}
lines-line = { lines-what }: { MONEY($net) } + IVA { MONEY($vat) } = { MONEY($total) }
lines-promoted = { $promoted ->
    [true] {" "}in promozione
   *[false] {""}
}
lines-extra = { GB($quantity) } { $quantity ->
    [one] aggiuntivo
   *[other] aggiuntivi
}
lines-yearly = All'anno, IVA inclusa: { $same ->
    [true] { MONEY($now) } ora e al prossimo rinnovo
   *[false] { MONEY($now) } ora, { MONEY($next) } al prossimo rinnovo
}
lines-expiry = Scadenza: { DATE($old) } → <b>{ DATE($new) }</b>

lines-many = <b>{ $count ->
    [one] { $count } casella PEC
   *[other] { $count } caselle PEC
}</b>, { renewal-year-count }
lines-added-what = { $kind ->
    [plan] Piano { $name }{ lines-promoted } per { $mailboxes ->
        [one] { $mailboxes } casella
       *[other] { $mailboxes } caselle
    }
    [extra_mailbox] { lines-extra } di casella ({ $name })
   *[extra_archive] { lines-extra } di archivio ({ $name })
}
lines-added = { lines-added-what }: { MONEY($net) } + IVA { MONEY($vat) } = { MONEY($total) }
lines-expiries = { $same ->
    [true] Nuova scadenza: <b>{ DATE($first) }</b>
   *[false] Nuove scadenze: { ARTICLE("dal", $first) }<b>{ DATE($first) }</b> { ARTICLE("al", $last) }<b>{ DATE($last) }</b>
}
lines-changing = { $count ->
    [one] Una casella cambia piano
   *[other] { $count } caselle cambiano piano
}
lines-closing = { $count ->
    [one] Una casella cambia piano e perde l'archivio PEC, con i messaggi che contiene
   *[other] { $count } caselle cambiano piano e perdono l'archivio PEC, con i messaggi che contiene
}
lines-sums = Imponibile { MONEY($net) }, IVA { PERCENT($percent) } { MONEY($vat) }{ $split ->
    [true] {"\u000A"}Totale con IVA { MONEY($total) }. L'IVA la versa l'ente (scissione dei pagamenti).
   *[false] {""}
}
lines-due = <b>{ $split ->
    [true] Da pagare
   *[false] Totale
}: { MONEY($due) }</b>
split-payment-ended = Scissione dei pagamenti: l'autorizzazione nota { $over ->
    [true] è finita { ARTICLE("il", $until) }{ DATE($until) }. Si paga l'intero totale
   *[false] finisce { ARTICLE("il", $until) }{ DATE($until) }. Dopo quel giorno si paga l'intero totale
}, finché { $operator } non conferma altro.

lines-all = Tutte le caselle
lines-page =
    <b>{ $count ->
        [one] { $count } casella
       *[other] { $count } caselle
    }, { renewal-year-count }</b>

    { $body }

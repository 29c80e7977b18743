### Modalità di pagamento, con le date in cui il pagamento verrebbe registrato, e rinnovo automatico.

renewal-payment =
    <b>Modalità di pagamento</b>
    { $body }
renewal-payment-dates = { $expired ->
    [true] { $count ->
        [one] La casella è scaduta
       *[other] La prima casella è scaduta
    } { ARTICLE("il", $expires) }<b>{ DATE($expires) }</b> e non può inviare finché il pagamento non è registrato. L'ultimo giorno utile è { ARTICLE("il", $deletion) }<b>{ DATE($deletion) }</b>: poi viene cancellata.
   *[false] { $count ->
        [one] La casella scade
       *[other] La prima casella scade
    } { ARTICLE("il", $expires) }<b>{ DATE($expires) }</b>. Il rinnovo si completa quando il pagamento è registrato.
}
renewal-payment-beside = Accanto: quando viene registrato un pagamento di oggi.{ $same ->
    [true] {" "}Il prezzo è uguale.
   *[false] {""}
}
renewal-payment-when = { $when ->
    [today] registrato oggi
    [day] registrato { ARTICLE("il", $latest) }{ DATE($latest) }
   *[range] registrato tra { ARTICLE("il", $earliest) }{ DATE($earliest) } e { ARTICLE("il", $latest) }{ DATE($latest) }
}
renewal-payment-after-expiry = <b>{ $method }</b>: { renewal-payment-when }, <b>dopo la scadenza</b>: fino ad allora la casella riceve ma non può inviare
renewal-payment-after-deletion = <b>{ $method }</b>: non disponibile, { renewal-payment-when }, <b>dopo la cancellazione</b> della casella
renewal-payment-letter = <b>{ $method }</b>: con lettera d'impegno, da inviare dopo l'ordine
renewal-payment-none =
    <b>Nessuna modalità arriverebbe in tempo.</b>
    Per salvare la casella scrivi o telefona oggi stesso a { $operator }: { $email }, { $phone }.
renewal-payment-choice = { $method } · { $when ->
    [late] tardi
    [today] oggi
   *[other] { DAY($latest) }
}

## Rinnovo automatico

renewal-auto-renew =
    <b>Rinnovo automatico</b>

    { $body }
renewal-auto-renew-what = Facoltativo, e non attivo se non viene scelto. Con il rinnovo automatico ogni casella si rinnova da sola: { $days } giorni prima di ogni scadenza l'importo viene addebitato con { $method }.
renewal-auto-renew-charge = Primo addebito: <b>{ MONEY($due) }</b> { renewal-auto-renew-when }, per { renewal-year-count }.
renewal-auto-renew-by-years = Primo addebito, secondo la durata, che si sceglie al prossimo passo:
renewal-auto-renew-charge-for = { renewal-year-count }: <b>{ MONEY($due) }</b> { renewal-auto-renew-when }
renewal-auto-renew-when = { $same ->
    [true] { ARTICLE("il", $first) }<b>{ DATE($first) }</b>
   *[false] in tutto, { ARTICLE("dal", $first) }<b>{ DATE($first) }</b> { ARTICLE("al", $last) }<b>{ DATE($last) }</b>
}
renewal-auto-renew-terms = Importi { renewal-vat }, ai prezzi di oggi. Prima di ogni addebito arriva un avviso{ $asked ->
    [true] {" "}<b>{ automatic-notice }</b>
   *[false] {""}
}, e fino ad allora il rinnovo automatico si può disattivare.
renewal-auto-renew-tick = { $on ->
    [true] Rinnovo automatico attivo
   *[false] Attiva il rinnovo automatico
}
renewal-auto-renew-not-carried = Il rinnovo automatico non è possibile con la modalità di pagamento scelta.

### Durata del rinnovo: per quanti anni, con il totale e la nuova scadenza.

renewal-years =
    <b>Durata del rinnovo</b>
    { $body }
renewal-years-what = Per quanti anni si rinnova? Gli importi sono il totale da pagare ora, { renewal-vat }.
renewal-years-line = { renewal-year-count }: { $same ->
    [true] nuova scadenza <b>{ DATE($first) }</b>
   *[false] scadenze { ARTICLE("dal", $first) }<b>{ DATE($first) }</b> { ARTICLE("al", $last) }<b>{ DATE($last) }</b>
}
renewal-years-promotion = Con la promozione { $promotion } si rinnova per { renewal-year-count } al massimo.
renewal-years-auto-renew = Il rinnovo automatico è attivo: la durata scelta vale anche per tutti i rinnovi automatici successivi.
renewal-years-kit = Il kit di firma è incluso negli importi e si paga una volta sola.
renewal-years-choice = { renewal-year-count } · { MONEY($due) }
renewal-years-choice-until = { renewal-year-count } · { MONEY($due) } → { DATE($expires) }

### Riepilogo dell'ordine, accettazioni, pulsante finale; e il menu per cambiare una scelta.

renewal-recap =
    <b>Riepilogo dell'ordine</b>
    { $body }

## Ciò che manca

renewal-recap-missing = <b>Prima di ordinare manca ancora:</b>
renewal-recap-missing-mailbox = • le caselle: nessuna scelta, o una non più rinnovabile
renewal-recap-missing-space = • piano o spazio: quelli scelti non bastano o non sono più in vendita
renewal-recap-missing-kit = • la risposta sul kit di firma digitale
renewal-recap-missing-registrant = • la conferma dei dati dell'intestatario
renewal-recap-missing-payment = • la modalità di pagamento
renewal-recap-missing-years = • la durata del rinnovo
renewal-recap-choose-mailbox = Rivedi le caselle
renewal-recap-choose-space = Rivedi piano e spazio
renewal-recap-choose-kit = Rispondi sul kit di firma
renewal-recap-choose-registrant = Conferma i dati
renewal-recap-choose-payment = Scegli la modalità
renewal-recap-choose-years = Scegli la durata

## Ciò che è cambiato

renewal-recap-changed = <b>L'ordine non è stato inviato: qualcosa è cambiato.</b>
renewal-recap-changed-amount = Importo: prima <b>{ MONEY($old) }</b>, ora <b>{ MONEY($new) }</b>
renewal-recap-changed-documents = Un documento da accettare ha una nuova versione
renewal-recap-changed-dates = Le nuove scadenze sono altre
renewal-recap-changed-choices = Le scelte, o i prezzi del prossimo rinnovo, non sono più come mostrati prima
renewal-recap-changed-alert = L'ordine non è stato inviato: qualcosa è cambiato. Rileggi il riepilogo; le altre scelte sono rimaste.

## Che cosa si ordina

renewal-recap-kit-brief = { $kit }{ $name ->
    [none] {""}
   *[other] {" "}per { $name }
}
renewal-recap-kit = <b>Kit di firma digitale</b>
renewal-recap-kit-holder = Intestato a { $name }; certificato di { $years ->
    [one] un anno
   *[other] { $years } anni
}, senza rinnovo automatico
renewal-recap-kit-shipping = Spedito a { $name }, { $address }
renewal-recap-registrant = Titolare: { $name }
renewal-recap-payment = Pagamento: { $method }{ $late ->
    [true] ; pagando oggi, registrato { $same ->
        [true] { ARTICLE("il", $latest) }{ DATE($latest) }
       *[false] tra { ARTICLE("il", $earliest) }{ DATE($earliest) } e { ARTICLE("il", $latest) }{ DATE($latest) }
    }, <b>dopo la scadenza</b>
   *[false] {""}
}
renewal-recap-auto-renew-on = Rinnovo automatico: <b>attivo</b>. Primo addebito: { MONEY($due) } { $same ->
    [true] { ARTICLE("il", $first) }{ DATE($first) }
   *[false] in tutto, { ARTICLE("dal", $first) }{ DATE($first) } { ARTICLE("al", $last) }{ DATE($last) }
}, per { renewal-year-count }, ai prezzi di oggi{ $asked ->
    [true] ; avviso { automatic-notice }
   *[false] {""}
}
renewal-recap-auto-renew-off = Rinnovo automatico: non attivo

## Accettazioni

renewal-recap-documents = <b>Da accettare per ordinare</b>
renewal-recap-then = Con tutte le spunte richieste compare il pulsante per ordinare.
renewal-recap-document = { $position }. <a href="{ $url }">{ $name }</a>, versione { $version }{ $renewed ->
    [true] {" "}(<b>nuova versione</b>, da accettare di nuovo)
   *[false] {""}
}
renewal-recap-clause = • { $number } { $title }
renewal-recap-early-start = Facoltativo: <a href="{ $url }">{ $name }</a>, versione { $version }{ $renewed ->
    [true] {" "}(<b>nuova versione</b>)
   *[false] {""}
}. { $waits ->
    [true] Il rinnovo viene chiesto subito al fornitore delle caselle, senza attendere i { $days } giorni del recesso; chi poi recede paga la parte già fornita. Senza questa scelta viene chiesto solo dopo quei giorni, e mai oltre la scadenza.
   *[false] Il servizio inizia senza attendere i { $days } giorni del recesso; chi poi recede paga la parte già fornita.
}
renewal-recap-accept-conditions = Accetto condizioni generali
renewal-recap-accept-clauses = Approvo clausole vessatorie
renewal-recap-accept-privacy = Ho letto l'informativa
renewal-recap-accept-early-start = Inizio subito (facoltativo)
renewal-recap-order = Ordine con obbligo di pagare · { MONEY($due) }
renewal-recap-edit = Cambia

## Cambiare una scelta

renewal-edit =
    <b>Che cosa cambiare?</b>

    Dopo la modifica si torna al riepilogo; le altre scelte restano.
renewal-edit-mailboxes = Caselle: { $count }
renewal-edit-plans = Piani e spazio delle caselle
renewal-edit-plan = Piano: { $value }
renewal-edit-space = Extra: { $value }
renewal-edit-kit = Kit di firma: { $value }
renewal-edit-registrant = Titolare: { $value }
renewal-edit-payment = Pagamento: { $value }
renewal-edit-auto-renew = Rinnovo automatico: { $value }
renewal-edit-years = Durata: { $value }
renewal-edit-open = da scegliere
renewal-edit-yes = sì
renewal-edit-no = no

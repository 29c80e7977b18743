### Come si paga un ordine. Le stesse parole nella conferma, nella pagina dell'ordine e nei messaggi.

instructions-transfer =
    <b>Come pagare: { $method }</b>
    Beneficiario: <code>{ $beneficiary }</code>
    IBAN: <code>{ $iban }</code>{ $shows_bic ->
        [true] {"\u000A"}BIC: <code>{ $bic }</code>
       *[false] {""}
    }
    Causale: <code>{ $reason }</code>, { $integrates ->
        [true] così com'è
       *[false] nient'altro
    }{ $shows_reference ->
        [true] {"\u000A"}Riferimento RF: <code>{ $reference }</code>, per le banche che hanno un campo apposito
       *[false] {""}
    }
    Importo: <b>{ MONEY($due) }</b>
instructions-letter = La lettera d'impegno, firmata e con il numero d'ordine, va inviata a { $operator }: { $email }.
instructions-name-check = La banca confronta il nome con l'IBAN: se ne mostra un altro, è meglio fermarsi e chiedere a { $operator } ({ $email }).
instructions-slip =
    <b>Come pagare: { $method }</b>
    Conto corrente postale: <code>{ $account }</code>
    Intestato a: { $beneficiary }
    Causale: <code>{ $reason }</code>, { $integrates ->
        [true] così com'è
       *[false] nient'altro
    }
    Importo: <b>{ MONEY($due) }</b>
instructions-link =
    <b>Come pagare: { $method }</b>
    Si paga <b>{ MONEY($due) }</b> nella pagina che si apre dal pulsante qui sotto. Nella chat non si scrivono mai dati di carte.
instructions-link-mail =
    <b>Come pagare: { $method }</b>
    Si paga <b>{ MONEY($due) }</b> con il link nell'email mandata { $known ->
        [true] a <b>{ $to }</b>
       *[false] all'indirizzo di riferimento
    }. Nella chat non si scrivono mai dati di carte.
instructions-unknown =
    <b>Come pagare</b>
    La modalità scelta non è più disponibile. { $operator } dice come pagare <b>{ MONEY($due) }</b> per l'ordine <code>{ $reason }</code>: { $email }, { $phone }.

instructions-by = Entro <b>{ LONGDATE($by) }</b>
instructions-registered-by = Da registrare entro <b>{ LONGDATE($by) }</b>
instructions-deadline = { $saves ->
    [true] Il pagamento va registrato entro <b>{ LONGDATE($by) }</b>, { $count ->
        [one] giorno della scadenza
       *[other] giorno della prima scadenza
    }. Se arriva dopo, ma entro { ARTICLE("il", $until) }{ DATE($until) }, il rinnovo si completa lo stesso; intanto però la casella scaduta non può inviare.
   *[false] Il pagamento va registrato entro <b>{ LONGDATE($until) }</b>: dopo quel giorno { $count ->
        [one] la casella viene cancellata
       *[other] la prima casella viene cancellata
    }, con tutto ciò che contiene.
}
instructions-order-by = { $arrival ->
    [in-time] Per essere registrato entro { ARTICLE("il", $by) }{ DATE($by) } va fatto entro { ARTICLE("il", $last) }<b>{ DATE($last) }</b>{ $has_cutoff ->
        [true] , prima delle { $cutoff }
       *[false] {""}
    }.
    [after-expiry] Fatto oggi, verrebbe registrato <b>dopo la scadenza</b>.
   *[after-deletion] Fatto oggi, verrebbe registrato <b>dopo la cancellazione</b>.
}
instructions-arrival = { $at_once ->
    [true] Con questa modalità il pagamento viene registrato subito.
   *[false] Pagando oggi, viene registrato { instructions-arrival-dates }{ $late ->
        [true] , dopo la scadenza
       *[false] {""}
    }.
}
instructions-arrival-dates = { $same ->
    [true] { ARTICLE("il", $latest) }{ DATE($latest) }
   *[false] tra { ARTICLE("il", $earliest) }{ DATE($earliest) } e { ARTICLE("il", $latest) }{ DATE($latest) }
}
instructions-too-late =
    <b>{ $surely ->
        [true] Con questa modalità non si arriva più in tempo.
       *[false] Con questa modalità si rischia di arrivare tardi.
    }</b> Un pagamento fatto oggi { $surely ->
        [true] verrebbe registrato { instructions-arrival-dates }
       *[false] potrebbe essere registrato fino { ARTICLE("al", $latest) }{ DATE($latest) }
    }, e dopo { ARTICLE("il", $until) }<b>{ DATE($until) }</b> { $count ->
        [one] la casella viene cancellata
       *[other] la prima casella viene cancellata
    }.
instructions-too-late-faster = Conviene scegliere nell'ordine un'altra modalità, più rapida, come { LIST($faster) }.
instructions-too-late-ask = Per sapere come pagare in tempo: { $operator }, { $email }, { $phone }.

## Il bonifico istantaneo, dove salva una data che quello ordinario manca

instant-rescue = { $already ->
    [true] Un bonifico ordinario arriverebbe
   *[false] Dalle { $after } di oggi un bonifico ordinario arriverebbe
} <b>dopo { instant-rescue-date }</b>, un <b>bonifico istantaneo</b> no: arriva in pochi secondi, a ogni ora di ogni giorno, e la banca non può farlo pagare di più.
instant-rescue-order = { $already ->
    [true] Conviene
   *[false] Dalle { $after } di oggi conviene
} un <b>bonifico istantaneo</b>, con gli stessi dati: arriva in pochi secondi, a ogni ora di ogni giorno, e la banca non può farlo pagare di più; uno ordinario arriverebbe dopo { instant-rescue-date }.
instant-rescue-date = { $saves ->
    [expiry] la scadenza
   *[deletion] la cancellazione
}

paying-open = Paga { MONEY($due) }
paying-for-payer = Per chi paga
paying-payer-transfer =
    { $method }: { MONEY($due) }
    Beneficiario: { $beneficiary }
    IBAN: { $account }
    Causale: { $reason }{ $shows_reference ->
        [true] {"\u000A"}Riferimento RF: { $reference }
       *[false] {""}
    }
paying-payer-slip =
    { $method }: { MONEY($due) }
    Conto corrente postale: { $account }
    Intestato a: { $beneficiary }
    Causale: { $reason }
paying-payer-link =
    { $method }: { MONEY($due) }
    { $url }
paying-mail-again = Manda di nuovo l'email
paying-mail-sent = L'email con il link arriva entro pochi minuti a { $to }. Se non c'è, guarda anche nella posta indesiderata.
paying-copy-name = Copia nome
paying-copy-iban = Copia IBAN
paying-copy-account = Copia conto
paying-copy-amount = Copia importo
paying-copy-reason = Copia causale
paying-copy-creditor-reference = Copia riferimento RF
paying-qr-none = L'ordine non si paga più con un bonifico: con «Vedi l'ordine» si legge come.
paying-qr =
    QR del bonifico per l'ordine <b>{ $order }</b>
    { MONEY($due) } a { $beneficiary }

    Per le banche la cui app legge i QR dei bonifici: prima di confermare va controllato che nome, IBAN, importo e causale siano quelli indicati in questa chat. Se l'app non lo legge, i dati si copiano con i pulsanti.

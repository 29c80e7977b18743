### Promemoria di scadenza, in chat e per email: le frasi sono le stesse. Prima ciò che si perde, poi cosa si può fare.

reminder-to-pay =
    ⏰ <b>{ $title }</b>
    { $body }
reminder-message =
    ⏰ <b>{ $title }</b>

    { $body }
reminder-title = { $count ->
    [one] { $expired ->
        [true] { $days ->
            [one] La casella PEC è scaduta ieri
           *[other] La casella PEC è scaduta da { $days } giorni
        }
       *[false] { $days ->
            [0] La casella PEC scade oggi
            [one] La casella PEC scade domani
           *[other] La casella PEC scade tra { $days } giorni
        }
    }
   *[other] { $expired ->
        [true] { $days ->
            [one] { $count } caselle PEC da rinnovare, la prima è scaduta ieri
           *[other] { $count } caselle PEC da rinnovare, la prima è scaduta da { $days } giorni
        }
       *[false] { $days ->
            [0] { $count } caselle PEC in scadenza, la prima oggi
            [one] { $count } caselle PEC in scadenza, la prima domani
           *[other] { $count } caselle PEC in scadenza, la prima tra { $days } giorni
        }
    }
}
reminder-last-day-title = { $count ->
    [one] Oggi è l'ultimo giorno per rinnovare la casella PEC
   *[other] Oggi è l'ultimo giorno per { $last ->
        [one] una delle { $count } caselle PEC da rinnovare
       *[other] { $last } delle { $count } caselle PEC da rinnovare
    }
}
reminder-last-day-awaiting-title = Oggi è l'ultimo giorno: in attesa del pagamento
reminder-last-day-consequence = { $count ->
    [one] Riceve ancora, ma non può più inviare. <b>Domani viene cancellata</b>, con tutto ciò che contiene, e non si può più recuperare.
   *[other] Una casella scaduta riceve ancora, ma non può più inviare. { $last ->
        [one] Una viene cancellata <b>domani</b>
       *[other] { $last } vengono cancellate <b>domani</b>
    } con tutto il contenuto, e non si recupera più niente.
}
reminder-mailbox =
    <b>{ $address }</b>
    Piano { $plan }
    { $expired ->
        [true] Scaduta: <b>{ LONGDATE($expires) }</b>
       *[false] Scadenza: <b>{ LONGDATE($expires) }</b>
    }
reminder-when = { $expired ->
    [true] { $days ->
        [one] ieri
       *[other] { $days } giorni fa
    }
   *[false] { $days ->
        [0] oggi
        [one] domani
       *[other] tra { $days } giorni
    }
}
reminder-mailbox-line = <b>{ $address }</b>: { $expired ->
    [true] scaduta { ARTICLE("il", $expires) }{ DATE($expires) }
   *[false] { DATE($expires) }
}
reminder-more = { $count ->
    [one] e un'altra casella
   *[other] e altre { $count } caselle
}
reminder-consequence = { $expired ->
    [true] { $count ->
        [one] Riceve ancora, ma non può più inviare. Dopo { ARTICLE("il", $deletion) }<b>{ DATE($deletion) }</b> viene cancellata, con tutto ciò che contiene.
       *[other] Una casella scaduta riceve ancora, ma non può più inviare. La prima viene cancellata dopo { ARTICLE("il", $deletion) }<b>{ DATE($deletion) }</b>, con tutto ciò che contiene.
    }
   *[false] { $count ->
        [one] Dopo la scadenza riceve ancora, ma non può più inviare; passati { $deletion_days } giorni viene cancellata, con tutto ciò che contiene.
       *[other] Dopo la scadenza una casella riceve ancora, ma non può più inviare; passati { $deletion_days } giorni viene cancellata, con tutto ciò che contiene.
    }
}
reminder-price = { $count ->
    [one] Rinnovarla com'è per un anno: <b>{ MONEY($due) }</b>{ $split ->
        [true] {" "}(l'IVA la versa l'ente)
       *[false] , IVA inclusa
    }.
   *[other] Rinnovarle tutte come sono per un anno: <b>{ MONEY($due) }</b>{ $split ->
        [true] {" "}(l'IVA la versa l'ente)
       *[false] , IVA inclusa
    }.
}
reminder-price-unfit = { $count ->
    [one] Lo spazio occupato non sta più nel piano di ora: durante il rinnovo si sceglie come fare.
   *[other] Per qualche casella lo spazio occupato non sta più nel piano di ora: durante il rinnovo si sceglie come fare.
}

## Ordine in attesa

reminder-awaiting-title = { $expired ->
    [true] { $days ->
        [one] In attesa del pagamento: casella scaduta ieri
       *[other] In attesa del pagamento: casella scaduta da { $days } giorni
    }
   *[false] { $days ->
        [0] In attesa del pagamento: la scadenza è oggi
        [one] In attesa del pagamento: la scadenza è domani
       *[other] In attesa del pagamento: mancano { $days } giorni alla scadenza
    }
}

## Rinnovo automatico

last-day-comes = Il promemoria dell'ultimo giorno prima della cancellazione arriva sempre.
owed-comes = L'avviso che precede un rinnovo automatico arriva comunque: è dovuto per legge.
reminder-automatic-title = { $count ->
    [one] Rinnovo automatico in arrivo
   *[other] Rinnovo automatico in arrivo per { $count } caselle
}
reminder-automatic = Non serve fare nulla. Per evitare { $count ->
    [one] l'addebito, il rinnovo automatico si può disattivare prima { ARTICLE("del", $charge) }<b>{ DATE($charge) }</b>: la casella resta attiva
   *[other] gli addebiti, il rinnovo automatico si può disattivare casella per casella, prima di ciascun addebito (il primo è { ARTICLE("il", $charge) }<b>{ DATE($charge) }</b>): ogni casella resta attiva
} fino alla scadenza.
reminder-automatic-together = { $same ->
    [true] Addebiti { ARTICLE("il", $first) }<b>{ DATE($first) }</b>
   *[false] Addebiti { ARTICLE("dal", $first) }<b>{ DATE($first) }</b> { ARTICLE("al", $last) }{ DATE($last) }
}{ $priced ->
    [true] : <b>{ MONEY($due) }</b> in tutto{ $split ->
        [yes] {" "}(l'IVA la versa l'ente)
        [no] , IVA inclusa
       *[mixed] {""}
    }
   *[false] {""}
}
reminder-automatic-more = { $count ->
    [one] e un'altra casella
   *[other] e altre { $count } caselle
}{ $priced ->
    [true] , per <b>{ MONEY($due) }</b>
   *[false] {""}
}
reminder-automatic-mailbox =
    <b>{ $address }</b>
    Piano { $plan }, scadenza { DATE($expires) }
    Addebito: <b>{ LONGDATE($charge) }</b>{ $priced ->
        [true] , <b>{ MONEY($due) }</b>{ $split ->
            [true] {" "}(l'IVA la versa l'ente)
           *[false] , IVA inclusa
        }, per { renewal-year-count }
       *[false] {""}
    }
reminder-stop-automatic = Disattiva rinnovo automatico
reminder-stop-automatic-of = Disattiva
reminder-not-charged-title = { $count ->
    [one] Il rinnovo automatico non risulta pagato
   *[other] { $count } rinnovi automatici non risultano pagati
}
reminder-not-charged = Se il pagamento è solo in ritardo non serve altro: quando viene registrato, la scadenza si aggiorna. Altrimenti si può disattivare e rinnovare con un'altra modalità. Per controllare: { $operator }, { $email }.
reminder-not-charged-mailbox =
    <b>{ $address }</b>
    Addebito previsto { ARTICLE("il", $charge) }{ DATE($charge) }, pagamento non registrato. { $expired ->
        [true] Scaduta { ARTICLE("il", $expires) }
       *[false] Scadenza:{" "}
    }<b>{ DATE($expires) }</b> ({ reminder-when }).
reminder-renew-myself = Disattiva e rinnova

## Non si rinnova

reminder-not-renewing-title = { $count } caselle PEC che non si rinnovano
reminder-not-renewing = { $count ->
    [one] È stato scelto di non rinnovarla
   *[other] È stato scelto di non rinnovarle
}. I messaggi che servono vanno scaricati ora sul computer, dalla webmail o con un programma di posta (IMAP o POP). Per tornare indietro c'è ancora tempo.

## Dominio proprio

reminder-own-domain = { $count ->
    [one] È una casella su dominio proprio: si rinnova insieme al dominio, non da qui.
   *[other] Sono caselle su dominio proprio: si rinnovano insieme al dominio, non da qui.
}
reminder-own-domain-open = Rinnovare il dominio

## Cancellata

reminder-deleted-title = { $count ->
    [one] La casella PEC è stata cancellata
   *[other] { $count } caselle PEC sono state cancellate
}
reminder-deleted = { $count ->
    [one] Secondo i nostri dati l'ultimo giorno per rinnovarla è passato: la casella e ciò che conteneva non si possono recuperare.
   *[other] Secondo i nostri dati l'ultimo giorno per rinnovarle è passato: le caselle e ciò che contenevano non si possono recuperare.
} Resta l'acquisto di una casella nuova. Lo stesso nome si può avere di nuovo solo con lo stesso codice fiscale. Se qualcosa non torna: { $operator }, { $email }.
reminder-deleted-purchase = Acquista una casella nuova

## Pulsanti

reminder-renew-holder = Rinnova: { $holder } ({ $count })
reminder-of-mailbox = { $what }: { $address }
reminder-renew-for = Rinnova per { renewal-year-count } · { MONEY($due) }
reminder-renew-for-short = Rinnova { renewal-year-count } · { MONEY($due) }
reminder-renew-again = { renewal-year-count } con { $method } · { MONEY($due) }
reminder-renew-all = Tutte per { renewal-year-count } · { MONEY($due) }
reminder-renew-all-short = Tutte, { renewal-year-count } · { MONEY($due) }
reminder-other-choices = Altre scelte
reminder-later = Più tardi
reminder-mute = Non ricordarmela
reminder-choose-muted = Scegli quali silenziare

## Il primo pulsante, quando dice durata e importo

reminder-named = { $count ->
    [one] Con il primo pulsante si rinnova com'è{ $again ->
        [true] {""}, come l'ultima volta
       *[false] {""}
    }: stesso piano e stesso spazio
   *[other] Con il primo pulsante si rinnovano tutte come sono{ $again ->
        [true] {""}, come l'ultima volta
       *[false] {""}
    }: stessi piani e stesso spazio
}{ $split ->
    [true] {" "}(l'IVA la versa l'ente)
   *[false] , IVA inclusa
}.
as-it-is-differs = { $priced ->
    [true] { $count ->
        [one] Il promemoria diceva <b>{ MONEY($said) }</b>: ora il rinnovo com'è costa <b>{ MONEY($now) }</b> per { renewal-year-count }.
       *[other] Il promemoria diceva <b>{ MONEY($said) }</b>: ora le caselle da rinnovare sono { $count }, e come sono costano <b>{ MONEY($now) }</b> per { renewal-year-count }.
    } Scegli qui sotto.
   *[false] { $count ->
        [one] La casella non è più come diceva il promemoria: controlla qui sotto prima di scegliere.
       *[other] Le caselle non sono più come diceva il promemoria: controlla qui sotto prima di scegliere.
    }
}
as-it-is-late = { $known ->
    [true] Con { $method } il pagamento non arriverebbe più in tempo: scegli qui sotto come pagare.
   *[false] La modalità di pagamento dell'ultima volta non c'è più: scegli qui sotto come pagare.
}

## Tutte le caselle di un messaggio

list-order-title = Ordine <code>{ $order }</code>: { $count ->
    [one] <b>{ $count } casella</b>, con la nuova scadenza
   *[other] <b>{ $count } caselle</b>, con la nuova scadenza
}
list-due-title = { $count ->
    [one] <b>{ $count } casella</b> con scadenza { ARTICLE("dal", $since) }{ DATE($since) } { ARTICLE("al", $by) }{ DATE($by) }
   *[other] <b>{ $count } caselle</b> con scadenza { ARTICLE("dal", $since) }{ DATE($since) } { ARTICLE("al", $by) }{ DATE($by) }
}
list-due-none = Nessuna casella scade più { ARTICLE("dal", $since) }{ DATE($since) } { ARTICLE("al", $by) }{ DATE($by) }.

## Frase di sicurezza, sotto ogni messaggio

message-phrase = Frase di sicurezza: <b>{ $phrase }</b>

## Più tardi

later-ask = { $count ->
    [one] Quando ricordare la scadenza di <b>{ $first }</b>?
   *[other] Quando ricordare la scadenza di queste { $count } caselle, tra cui <b>{ $first }</b>?
}
later-too-late = { $count ->
    [one] Per <b>{ $first }</b> non c'è più tempo per rimandare: questo è l'ultimo giorno utile.
   *[other] Per queste caselle non c'è più tempo per rimandare: per la prima, <b>{ $first }</b>, questo è l'ultimo giorno utile.
}
later-tomorrow = Domani
later-next-week = Tra una settimana
later-pick = Scegli una data
later-keep = Lascia i promemoria come sono
later-kept = I promemoria restano come sono.
later-calendar = Scegli un giorno fino { ARTICLE("al", $limit) }{ DATE($limit) }.
later-done = { $count ->
    [one] Va bene: <b>{ $first }</b> viene ricordata <b>{ LONGDATE($on) }</b>.
   *[other] Va bene: queste { $count } caselle vengono ricordate <b>{ LONGDATE($on) }</b>.
}{ $last ->
    [true] {" "}Gli ultimi promemoria prima della scadenza e della cancellazione arrivano comunque.
   *[false] {""}
}
later-out-of-range = Quel giorno non va bene: si può scegliere { ARTICLE("dal", $first) }{ DATE($first) } { ARTICLE("al", $limit) }{ DATE($limit) }.

## Non ricordarmela

mute-done =
    I promemoria per <b>{ $address }</b> non arrivano più in questa chat, tranne gli ultimi: { $steps }.

    Silenziare anche quelli? Se la casella scade, smette di inviare; passati { $deletion_days } giorni viene cancellata.
mute-step = { $after ->
    [true] { $days ->
        [one] il giorno dopo la scadenza
       *[other] { $days } giorni dopo la scadenza
    }
   *[false] { $days ->
        [0] il giorno della scadenza
        [one] il giorno prima
       *[other] { $days } giorni prima
    }
}
mute-steps = { LIST($steps) }
mute-all = Silenzia anche gli ultimi
mute-undo = Riattiva tutti i promemoria
mute-all-done = Per <b>{ $address }</b> non arriva più nessun promemoria in questa chat. Con /impostazioni si riattivano.
mute-undone = I promemoria per <b>{ $address }</b> sono di nuovo attivi.

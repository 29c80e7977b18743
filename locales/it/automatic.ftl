### L'interruttore del rinnovo automatico: da /caselle, dalle impostazioni e dall'avviso che precede un addebito.

automatic =
    <b>Rinnovo automatico</b>
    { $address }

    { $body }
automatic-on = <b>Attivo</b>: { $charged ->
    [true] l'addebito era previsto { ARTICLE("il", $charge) }<b>{ DATE($charge) }</b> e può essere già avvenuto.
   *[false] addebito { ARTICLE("il", $charge) }<b>{ DATE($charge) }</b>{ $priced ->
        [true] , <b>{ MONEY($due) }</b>{ $split ->
            [true] {" "}(l'IVA la versa l'ente)
           *[false] , IVA inclusa
        }, per { renewal-year-count }
       *[false] {""}
    }.
}
automatic-off = <b>Non attivo</b>.{ $gone ->
    [true] {""}
   *[false] {" "}Scadenza: <b>{ DATE($expires) }</b>.
}
automatic-last = { $on ->
    [true] Attivato
   *[false] Disattivato
} { ARTICLE("il", $at) }{ DATE($at) } alle { TIME($at) } ({ ZONE($at) }) { $here ->
    [true] da questa chat
   *[false] da un'altra chat
}.
automatic-if-off = Disattivandolo { $charged ->
    [true] non ci sono altri addebiti automatici, ma quello già avvenuto resta
   *[false] non c'è più nessun addebito automatico
}.{ $gone ->
    [true] {""}
   *[false] {" "}La scadenza resta { ARTICLE("il", $expires) }<b>{ DATE($expires) }</b>, e i promemoria per rinnovare tornano ad arrivare.
}
automatic-if-on = Attivandolo, { ARTICLE("il", $charge) }<b>{ DATE($charge) }</b> vengono addebitati <b>{ MONEY($due) }</b>, per { renewal-year-count }{ $known ->
    [true] , con { $method }
   *[false] , come prima che fosse disattivato
}. Lo stesso, poi, { $days } giorni prima di ogni scadenza.
automatic-not-now = { $reason ->
    [gone] La casella non risulta più tra quelle gestite qui: qui non si può rinnovare.
    [deleted] La casella è stata cancellata: non c'è più nulla da rinnovare.
    [own-domain] La casella si rinnova insieme al suo dominio.
    [open-order] L'ordine { $order } non è ancora pagato: se poi il rinnovo sia automatico è stato scelto lì.
    [charged] Il giorno dell'addebito, { ARTICLE("il", $charge) }{ DATE($charge) }, è già arrivato: per questa scadenza si rinnova con /rinnova, e lì si può attivare.
    [no-price] Così com'è, la casella non si può rinnovare da sola. Con /rinnova si vede che cosa cambiare, e lì si può attivare.
   *[no-method] Si può attivare rinnovando con /rinnova e pagando in uno di questi modi: { LIST($methods) }.
}
automatic-never = Qui nessuna modalità di pagamento lo consente.
automatic-notice = { $way ->
    [chat] in chat
   *[mail] in chat e per email
}
automatic-notice-comes = Prima di ogni addebito arriva un avviso <b>{ automatic-notice }</b>.
automatic-noticed = L'avviso arriva { automatic-notice }.
automatic-notice-tick = Avviso anche per email
automatic-switch-off = Disattiva rinnovo automatico
automatic-switch-on = Attiva · { MONEY($due) } { ARTICLE("il", $charge) }{ DATE($charge) }
automatic-done = { $on ->
    [true] Rinnovo automatico attivato.
   *[false] Rinnovo automatico disattivato.
}
automatic-changed = Intanto qualcosa è cambiato: non è stato attivato. La schermata dice come stanno le cose ora.
automatic-none = Nessuna casella si può rinnovare da sola.
automatic-list =
    <b>Rinnovo automatico</b>

    Tocca una casella per vedere l'addebito, o per cambiare.
automatic-choice = { $address } · { $on ->
    [true] attivo
   *[false] non attivo
}

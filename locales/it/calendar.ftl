### Il file con le scadenze per il calendario, e ciò che dicono i suoi eventi.

calendar-file = scadenze-pec.ics
calendar-caption =
    📅 <b>Scadenze per il calendario</b>

    { $count ->
        [one] C'è la data di una casella
       *[other] Ci sono le date di { $count } caselle
    }: basta aprire il file con il calendario del telefono o del computer. Le date sono quelle di oggi: dopo un rinnovo conviene chiederlo di nuovo.
calendar-none = Non c'è nessuna scadenza da mettere in calendario.

## Gli eventi

calendar-name = Scadenze PEC, { $operator }
calendar-summary = { $kind ->
    [last-day] Ultimo giorno per rinnovare { $address }
    [auto-renew] Scadenza PEC con rinnovo automatico: { $address }
   *[expiry] Scadenza PEC: { $address }
}
calendar-description = { $kind ->
    [last-day] La casella { $address } (piano { $plan }) è scaduta { ARTICLE("il", $expires) }{ DATE($expires) }. Questo è l'ultimo giorno in cui si può rinnovare: poi viene cancellata con tutti i suoi messaggi.
    [auto-renew] La casella { $address } (piano { $plan }) si rinnova da sé: il rinnovo automatico è attivo, con addebito { ARTICLE("il", $charged) }{ DATE($charged) }.
   *[expiry] La casella { $address } (piano { $plan }) scade in questo giorno. Dopo riceve ancora ma non può più inviare, e senza rinnovo viene cancellata dopo { ARTICLE("il", $last) }{ DATE($last) }.
}{ $own ->
    [true] {" "}Si rinnova insieme al suo dominio.
   *[false] {""}
}
    Per rinnovare: { $link }
    Situazione { ARTICLE("al", $today) }{ DATE($today) }.
calendar-alarm = { $kind ->
    [last-day] { $days ->
        [one] Domani è l'ultimo giorno per rinnovare { $address }
       *[other] Tra { $days } giorni è l'ultimo giorno per rinnovare { $address }
    }
   *[expiry] { $days ->
        [one] Domani scade la casella PEC { $address }
       *[other] Tra { $days } giorni scade la casella PEC { $address }
    }
}

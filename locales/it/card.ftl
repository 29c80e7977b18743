### La scheda di una casella.

card =
    <b>{ $address }</b>
    { $body }
card-holder = Titolare: { $holder } · { $plan }
card-blocked = { $reason ->
    [gone] <b>Non risulta più tra le caselle gestite qui</b>: non si può rinnovare, e non arrivano promemoria. Se è un errore: { $operator }, { $email }.
    [deleted] <b>Cancellata</b> dopo { ARTICLE("il", $deletion) }{ DATE($deletion) }: ciò che conteneva non si può recuperare. Resta l'acquisto di una casella nuova; lo stesso nome si può avere solo con lo stesso codice fiscale.
    [own-domain] È una PEC su dominio proprio: <b>si rinnova con il suo dominio</b>.
    [open-order] { $ours ->
        [undecided] L'ordine { $order } è <b>in attesa della decisione sull'IVA</b>: fino ad allora non si paga, e da lì si può annullare.
        [true] L'ordine { $order } è <b>in attesa di pagamento</b>: si paga o si annulla da lì.
       *[false] C'è un ordine <b>in attesa di pagamento</b>, di chi aveva la casella prima. Per sapere come fare: { $operator }, { $email }.
    }
    [auto-renew] { $charged ->
        [true] L'addebito automatico era previsto { ARTICLE("il", $charge) }{ DATE($charge) } e può essere già avvenuto. Per rinnovarla qui va prima disattivato.
       *[false] <b>Si rinnova da sola</b>. Per rinnovarla qui va prima disattivato il rinnovo automatico.
    }
   *[too-early] Si può rinnovare <b>{ ARTICLE("dal", $opens) }{ DATE($opens) }</b>.
}
card-used = { $where ->
    [archive] Archivio
   *[mailbox] Casella
} { $bar } { GB($used) } su { GB($room) }
card-used-unknown = Lo spazio usato non è noto.
card-used-old = Misurato { ARTICLE("il", $at) }{ DATE($at) }: può essere cambiato.
card-reminders = Promemoria: { $put_off ->
    [true] <b>rimandati { ARTICLE("al", $until) }{ DATE($until) }</b>
   *[false] { $heard ->
        [all] <b>tutti</b>
        [last] <b>solo gli ultimi</b>
       *[none] <b>nessuno</b>
    }
}
card-told = Messaggi anche a: { LIST($told) }
card-other-chats = { $count ->
    [one] un'altra chat
   *[other] altre { $count } chat
}
card-orders = Ordini ({ $orders })
card-to-reminders = Promemoria

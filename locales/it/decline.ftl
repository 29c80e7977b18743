### Non rinnovo: la decisione di non rinnovare una casella, e come si torna indietro.

decline-open = Non rinnovo
decline-undo = Annulla «non si rinnova»
decline-renew-anyway = Rinnovo lo stesso
decline-yes = Non rinnovo questa casella
decline-done = Va bene: questa casella non si rinnova.
decline-undone = I promemoria per <b>{ $address }</b> sono di nuovo attivi, dal prossimo in poi.
decline-undone-toast = I promemoria tornano, dal prossimo in poi.
decline-changed = Intanto qualcosa è cambiato: la scheda dice come stanno le cose ora.
decline =
    <b>Non rinnovare questa casella?</b>
    { $address }

    { $body }
decline-what-happens = { $expired ->
    [true] Riceve ancora, ma non può più inviare. <b>Dopo { ARTICLE("il", $deletion) }{ DATE($deletion) } viene cancellata</b>, con tutto ciò che contiene, e non si recupera.
   *[false] Fino { ARTICLE("al", $expires) }<b>{ DATE($expires) }</b> tutto resta com'è. Poi riceve ancora, ma non può più inviare. <b>Dopo { ARTICLE("il", $deletion) }{ DATE($deletion) } viene cancellata</b>, con tutto ciò che contiene, e non si recupera.
}
decline-save = <b>Per salvare i messaggi:</b> prima di allora vanno scaricati sul computer, dalla webmail o con un programma di posta (IMAP o POP){ $archive ->
    [true] , anche quelli dell'archivio
   *[false] {""}
}. Conviene controllare che la copia si apra.
decline-then = { $count ->
    [0] Non arriva più nessun promemoria
    [one] Arriva ancora un solo promemoria, { $steps }: dice come tornare indietro
   *[other] Arrivano ancora solo { $count } promemoria, { $steps }: dicono come tornare indietro
}. Vale per l'email e per tutte le chat collegate, che lo sanno subito.
decline-automatic =
    Il rinnovo automatico è <b>attivo</b>: finché lo è, la casella si rinnova da sola.

    Va prima disattivato; poi si può scegliere di non rinnovare.
decline-automatic-charged =
    L'addebito del rinnovo automatico era previsto { ARTICLE("il", $charge) }<b>{ DATE($charge) }</b> e può essere già avvenuto: conviene controllare di non aver già pagato.

    Per non rinnovare va prima disattivato.
decline-order = C'è un ordine { $ours ->
    [undecided] che attende la decisione sull'IVA
   *[other] in attesa di pagamento
}{ $ours ->
    [undecided] , <b>{ $order }</b>: si può annullare se la casella non si rinnova
    [true] , <b>{ $order }</b>: si può pagare, oppure annullare se la casella non si rinnova
   *[false] , di chi aveva la casella prima
}.
decline-not-possible = Di questa casella non si può più decidere qui.
card-declined = <b>Non si rinnova</b>, come è stato scelto. Dopo { ARTICLE("il", $deletion) }<b>{ DATE($deletion) }</b> viene cancellata, con tutto ciò che contiene. { $count ->
    [0] Non arriva più nessun promemoria.
    [one] Arriva ancora un solo promemoria: { $steps }.
   *[other] Arrivano ancora solo { $count } promemoria: { $steps }.
}
message-renewal-decided = { $declined ->
    [true] <b>{ $address }</b> non si rinnova: è stato scelto { ARTICLE("il", $at) }{ DATE($at) } alle { TIME($at) } ({ ZONE($at) }) da un'altra chat. Scade { ARTICLE("il", $expires) }{ DATE($expires) }; arrivano solo l'ultimo promemoria prima della scadenza e l'ultimo prima della cancellazione.

    Per tornare indietro: /caselle. Se qualcosa non torna: { $operator }, { $email }.
   *[false] I promemoria per <b>{ $address }</b> sono stati riattivati { ARTICLE("il", $at) }{ DATE($at) } alle { TIME($at) } ({ ZONE($at) }) da un'altra chat: non è più una casella da non rinnovare.
}
mail-reminder-not-renewing = Per cambiare idea basta rinnovare con il pulsante qui sotto. Per riavere solo i promemoria: in chat, con /caselle.

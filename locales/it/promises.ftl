### «Ho pagato»: un pagamento già fatto e non ancora registrato.

paid-say = Ho pagato
paid-take-back = Non ho ancora pagato
paid-expected = Pagamento atteso entro <b>{ LONGDATE($on) }</b>
paid-expected-toast = Pagamento atteso entro { ARTICLE("il", $on) }{ DATE($on) }.
paid-received-already = Il pagamento è già registrato: il rinnovo è completato.
paid-nothing-to-expect = Con questa modalità il pagamento viene registrato subito: non c'è nulla da attendere.
paid-taken-back = I promemoria di quest'ordine tornano come prima.
paid-card =
    🕓 <b>Pagamento atteso entro { LONGDATE($on) }</b>
    Ordine <code>{ $order }</code>: <b>{ MONEY($missing) }</b> con { $method }{ $late ->
        [true] . Arriva <b>dopo la scadenza</b>: fino ad allora la casella non può inviare.
       *[false] .
    }

    Quando il pagamento viene registrato, arriva la conferma. Intanto arrivano solo i promemoria degli ultimi giorni, { $urgent ->
        [one] da quello prima
       *[other] da { $urgent } prima
    } della scadenza, e l'ultimo prima della cancellazione. Se non arriva nulla, un messaggio lo dice { ARTICLE("il", $ask) }<b>{ DATE($ask) }</b>.
paid-card-over = { $why ->
    [arrived] 🧾 Ordine <code>{ $order }</code>: un pagamento è stato registrato.
    [elsewhere] 🧾 Ordine <code>{ $order }</code>: il pagamento è ancora atteso, come dice un messaggio più recente in questa o in un'altra chat collegata.
   *[over] 🧾 Ordine <code>{ $order }</code>: il pagamento non è più tra quelli attesi.
}

message-promised =
    🕓 <b>Pagamento in arrivo</b>

    Da un'altra chat collegata è stato detto che l'ordine <code>{ $order }</code> (<b>{ MONEY($missing) }</b>) è pagato: va registrato entro <b>{ LONGDATE($on) }</b>. Non serve pagarlo di nuovo; intanto arrivano solo gli ultimi promemoria.

message-not-arrived-title = Ordine { $order }: il pagamento non è arrivato
message-not-arrived =
    🔎 <b>{ message-not-arrived-title }</b>
    { $body }
message-not-arrived-what = Era atteso entro { ARTICLE("il", $on) }<b>{ DATE($on) }</b>. Se è partito, confronta la ricevuta con i dati qui sotto e scrivi a { $operator }: { $email }.

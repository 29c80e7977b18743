### Che cosa sa il gestore di un estratto conto, e che cosa decide dei suoi movimenti.

## Al gestore: un estratto conto

message-statement =
    🏦 <b>Estratto conto letto</b>

    File: <code>{ $name }</code>
    { $registered ->
        [0] Nessun pagamento registrato
        [one] Registrato <b>1 pagamento</b>, { MONEY($paid) }
       *[other] Registrati <b>{ $registered } pagamenti</b>, { MONEY($paid) }
    }{ $likely ->
        [0] {""}
       *[other] {"\u000A"}Da confermare: <b>{ $likely }</b>
    }{ $same ->
        [0] {""}
       *[other] {"\u000A"}Forse già registrati in altro modo: <b>{ $same }</b>
    }{ $unknown ->
        [0] {""}
       *[other] {"\u000A"}Senza un ordine certo: <b>{ $unknown }</b>
    }
    Altri movimenti, che non riguardano ordini: { $other }{ $known ->
        [0] {""}
       *[other] {"\u000A"}Già noti da un altro file: { $known }
    }{ $waiting ->
        [0] {""}
       *[other] { $buttons ->
            [true] {""}
           *[false] {"\u000A"}{"\u000A"}Per decidere: <code>python -m bot payments review</code>
        }
    }
message-statement-refused =
    🏦 <b>File della banca non letto</b>

    File: <code>{ $name }</code>
    Non è stato registrato nulla:
    <blockquote>{ $problem }</blockquote>
statement-register-likely = { $count ->
    [one] Registra questo
   *[other] Registra questi { $count }
}
statement-one-by-one = Guarda uno a uno

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

## Un movimento da decidere

statement-reason = { $reason ->
    [number] c'è il numero dell'ordine
    [reference] c'è il riferimento RF dell'ordine
    [guessed_number] unendo le parole si legge il numero dell'ordine
    [address] c'è l'indirizzo della casella
    [payer] corrisponde il nome di chi paga
    [name_in_text] nella causale c'è il nome del titolare
    [amount] l'importo è quello atteso
    [same_reference] il riferimento è quello di un pagamento già noto
    [amount_differs] l'importo non è quello atteso
    [other_currency] non è in euro
    [not_open] l'ordine non aspetta un pagamento
    [may_be_a_word] il numero potrebbe essere una parola
    [may_name_another] la causale è tagliata, o potrebbe indicare un altro ordine
    [others_address] c'è la casella di un altro ordine
    [others_payer] il nome di chi paga corrisponde a un altro ordine di questo importo
    [several_numbers] ci sono più numeri d'ordine
    [sum_of_all] l'importo è la somma di tutti
    [paid_together] l'ordine si paga insieme ad altri, con questo numero cumulativo
    [several_orders] vanno bene più ordini
    [other_source] lo stesso importo è già arrivato in altro modo, entro tre giorni
    [taken_back] può essere proprio il denaro che è stato stornato
    [several_payments] vanno bene più pagamenti
    [no_such_order] c'è un numero che nessun ordine ha
    [foreign_address] c'è un indirizzo, ma nessun ordine aperto di quell'importo
    [not_booked_credit] non è denaro arrivato
    [none] non corrisponde più a nessun ordine aperto
   *[open_amount] qualche ordine aspetta questo importo
}
statement-place = { $unit ->
    [line] riga { $where }
   *[entry] movimento { $where }
}
statement-entry =
    🏦 <b>Movimento { $number } di { $total }</b>

    <b>{ $euro ->
        [true] { MONEY($cents) }
       *[false] { $foreign }
    }</b>{ $back ->
        [true] , tornati indietro
       *[false] {""}
    }, { DATE($booked) }
    Da: { $payer }
    Causale: <code>{ $text }</code>

    { $reasons }.
    { $heap ->
        [probably_same] L'ordine <b>{ $order }</b> ha già il pagamento <code>{ $payment }</code>: se è lo stesso denaro, non va registrato.
       *[other] { $orders ->
            [0] { $back ->
                [true] Se torna indietro un pagamento noto: <code>python -m bot payments review</code>
               *[false] Se paga un ordine: <code>python -m bot payments confirm { $id } ORDINE</code>
            }
            [one] Ordine <b>{ $order }</b>, da pagare { MONEY($missing) }.
           *[other] Gli ordini possibili sono sui pulsanti.
        }
    }
    <blockquote expandable>{ $file }, { $place }</blockquote>
statement-register-for = { $same ->
    [true] È altro denaro: registra
   *[false] Registra per { $order }
}
statement-take-back = Registra lo storno
statement-dismiss = { $same ->
    [true] È lo stesso: non registrare
   *[false] Non riguarda gli ordini
}
statement-later = Più tardi
statement-likely-registered =
    🏦 { $count ->
        [0] Nessun pagamento registrato: qualcosa è cambiato, e va guardato.
        [one] Registrato <b>1 pagamento</b>.
       *[other] Registrati <b>{ $count } pagamenti</b>.
    } { $waiting ->
        [0] Non resta nulla da decidere.
        [one] Resta un movimento da decidere.
       *[other] Restano { $waiting } movimenti da decidere.
    }
statement-all-seen =
    🏦 { $waiting ->
        [0] Non resta nulla da decidere.
        [one] Resta un movimento, lasciato per dopo.
       *[other] Restano { $waiting } movimenti, lasciati per dopo.
    }
statement-confirmed = { $outcome ->
    [completed] Ordine { $order }: pagato, rinnovo completato
    [partial] Registrato per l'ordine { $order }: manca ancora una parte
    [reversed] Registrato lo storno
   *[other] Registrato, ma non completa nulla: vedi python -m bot payments review
}
statement-dismissed = Non registrato, e dimenticato
statement-decided-before = Era già stato deciso, da un'altra persona o in un altro modo.
statement-entry-changed = Nel frattempo qualcosa è cambiato: va guardato di nuovo.

## Un file mandato nella chat

statement-file-taken =
    🏦 File ricevuto: <code>{ $name }</code>. Il riepilogo arriva qui tra poco.
statement-file-large =
    🏦 Il file è troppo grande per Telegram: i bot ricevono fino a 20 MB.

    Sul server: <code>python -m bot payments import FILE</code>, oppure va messo nella cartella di <code>STATEMENTS_DIR</code>.

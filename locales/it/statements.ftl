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
message-statement-nothing =
    🏦 <code>{ $name }</code>: niente che riguardi gli ordini. Altri movimenti: { $other }, già noti: { $known }.
message-statement-refused =
    🏦 <b>File della banca non letto</b>

    File: <code>{ $name }</code>
    Non è stato registrato nulla:
    <blockquote>{ $problem }</blockquote>
statement-problem = { $unit ->
    [line] Riga { $where }:{" "}
    [entry] Movimento { $where }:{" "}
    [statement] Estratto { $where }:{" "}
   *[file] {""}
}{ $fault ->
    [empty] nel file non ci sono movimenti da leggere. Vanno esportati di nuovo.
    [foreign] questo formato non si legge. Dalla banca va esportato CAMT.053, CBI (rendicontazione), MT940, oppure un elenco XLSX o CSV.
    [running_day] è l'elenco del giorno in corso, che può ancora cambiare. Va esportato il giorno chiuso.
    [save_again] così non si legge. Va salvato di nuovo in formato xlsx senza password, oppure come «CSV UTF-8».
    [archive] è un archivio compresso. Va aperto, e i file vanno mandati uno alla volta.
    [signed] è una busta firmata (.p7m). Va aperta con un programma di firma digitale, e va mandato il file che contiene.
    [cut_short] il file finisce prima della fine: va scaricato di nuovo dalla banca.
    [incomplete] ne manca una parte, o è fuori posto. Va scaricato di nuovo dalla banca.
    [totals] i totali non tornano con i movimenti. Il file va chiesto di nuovo alla banca.
    [profile] nessun profilo del catalogo, o più di uno, ha le colonne di questa tabella (statement_profiles).
    [account] è di un altro conto, { $about }, e non di quello del catalogo.
    [closed] il file non si può aprire.
    [changed] il file è cambiato durante la lettura. Va importato di nuovo.
    [not_fetched] Telegram non ha consegnato il file. Va mandato di nuovo, o importato con python -m bot payments import.
    [failed] la lettura non è riuscita: il perché è nel log. Il file va importato con python -m bot payments import.
   *[damaged] qui c'è qualcosa che non si legge{ $about ->
        [none] {""}
       *[other] {" "}({ $about })
    }. Il file va scaricato di nuovo dalla banca; se è una tabella, va guardato il suo profilo.
}
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

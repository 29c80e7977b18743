### Parole che le persone scrivono, e ciò che si risponde. Le parole sono separate da virgole, senza maiuscole né accenti obbligati.

words-price = prezzo, prezzi, costo, costi, costa, costano, quanto costa, quanto costano, quanto viene, quanto si paga, quanto pago, quanto devo pagare, quanto spendo, tariffa, tariffe, listino, preventivo
words-invoice = fattura, fatture, fatturazione, fattura elettronica, ricevuta, ricevute
words-not-renewing = disdetta, disdette, disdire, disdico, disattivare, disattivare il rinnovo, rinnovo automatico, rinnovi automatici, non rinnovare, non rinnovo, non voglio rinnovare, non voglio più rinnovare, chiudere la casella, cancellare la casella, togliere la casella
words-withdrawal = recesso, recedere, recedo, diritto di recesso, ripensamento, rimborso, rimborsi, rimborsare
words-space = spazio, spazi, spazio aggiuntivo, gb, giga, gigabyte, piena, pieno, casella piena, archivio, archivi
words-expiry = scadenza, scadenze, data di scadenza, scade, scadono, scaduta, scadute, scaduto, scadrà, quando scade, quando scadono, quanto manca
words-person = persona, persone, umano, operatore, operatori, operatrice, assistenza, parlare con qualcuno, parlare con una persona, telefono, telefonare, numero di telefono, contatto, contatti, supporto, reclamo, reclami
words-help = aiuto, aiutami, aiutatemi, aiutarmi, come funziona, cosa posso fare, cosa fai, istruzioni, comandi, menu

## Le risposte

answer-price-mailbox =
    <b>{ $address }</b>: <b>{ MONEY($due) }</b>{ $vat ->
        [none] , senza IVA (split payment)
        [included] , IVA inclusa
       *[said] {""}
    }
answer-price =
    Per rinnovare un anno, così com'è oggi{ $vat ->
        [said] , IVA inclusa
       *[none] {""}
    }:
    { $lines }
answer-price-more = { $count ->
    [one] Il prezzo di un'altra casella si vede con <b>Rinnova</b>.
   *[other] Il prezzo di altre { $count } caselle si vede con <b>Rinnova</b>.
}
answer-price-plan = { $plan }: <b>{ MONEY($due) }</b>
answer-price-plans =
    Un anno di casella PEC, IVA inclusa:
    { $lines }
answer-invoice =
    La fattura di un ordine la emette <b>{ $legal }</b> (partita IVA { $vat }), con i dati dell'intestatario e il recapito confermati nell'ordine. Questo bot non la invia.

    Per averne una copia o correggerla: { $email }, { $phone }.
answer-not-renewing =
    Per non rinnovare non serve una disdetta: basta non ordinare. Dopo la scadenza la casella riceve ancora ma non invia più; { $same ->
        [true] passati { $days } giorni
       *[false] passati da { $days } giorni in su, secondo il piano,
    } viene <b>cancellata con tutti i messaggi</b>.
answer-automatic-if = Se il rinnovo automatico è attivo, va prima disattivato.
answer-automatic-on = { $count ->
    [one] Il rinnovo automatico di <b>{ $first }</b> è attivo: va disattivato.
   *[other] Il rinnovo automatico di { $count } caselle è attivo: va disattivato.
}
answer-not-renewing-ordered = Da un ordine già inviato un consumatore recede in altro modo: /recesso
answer-space-mailbox =
    <b>{ $address }</b>: { $known ->
        [true] { GB($used) } usati su { GB($room) }
       *[false] { GB($room) } di casella, uso non noto
    }{ $archives ->
        [true] ; archivio { $known ->
            [true] { GB($used_archive) } su { GB($room_archive) }
           *[false] { GB($room_archive) }
        }
       *[false] {""}
    }
answer-space-buy = Altro spazio si aggiunge rinnovando; altrimenti si liberano messaggi.
answer-link-first = Per vedere le proprie caselle bisogna prima collegare questa chat.
answer-none = Nessuna casella da rinnovare è collegata a questa chat.
answer-person =
    Qui risponde un programma. Le persone di <b>{ $legal }</b> rispondono a { $email } e al { $phone }.
answer-person-site = Apri il sito
answer-help =
    Qui si rinnovano le caselle PEC di { $operator }. Basta un pulsante, oppure una parola: <i>prezzo</i>, <i>scadenza</i>, <i>spazio</i>, <i>fattura</i>, <i>disdetta</i>, <i>recesso</i>, <i>persona</i>.

    Tutti i comandi: /aiuto

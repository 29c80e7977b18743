### Recesso del consumatore (art. 54-bis del Codice del consumo): prima, i due passi, la ricevuta.

## Detto prima: conferma, ordine, email

order-withdrawal = Un consumatore può recedere entro { $days } giorni dall'ordine, fino { ARTICLE("al", $until) }{ DATE($until) } compreso, senza dire perché: { $way ->
    [web] con il pulsante qui sotto, oppure nella chat di { -product }, sotto l'ordine o con il comando /recesso.
    [chat] nella chat di { -product }, con il pulsante sotto l'ordine o con il comando /recesso.
   *[mail] basta scrivere il numero d'ordine a { $email }.
}
order-withdrawal-until = Recesso: fino { ARTICLE("al", $until) }<b>{ DATE($until) }</b>{ $online ->
    [true] .
   *[false] , scrivendo a { $email }.
}
order-withdrawal-how = Un consumatore può recedere entro { $days } giorni dall'ordine, senza dire perché: { $online ->
    [true] con il pulsante qui sotto o con /recesso.
   *[false] basta il numero d'ordine.
}
order-withdrawal-kit = Per il dispositivo del kit i { $days } giorni decorrono dalla consegna{ $known ->
    [true] , fino { ARTICLE("al", $until) }{ DATE($until) } compreso
   *[false] {""}
}: { $way ->
    [now] si recede da quello solo, con il pulsante qui sotto o con /recesso, e il rinnovo resta.
    [together] si recede insieme al resto dell'ordine.
    [later] passati quelli dell'ordine, si recede allo stesso modo da quello solo.
   *[mail] per rendere solo quello si scrive a { $email }.
}
order-withdrawal-kit-until = Recesso dal kit: { $known ->
    [true] fino { ARTICLE("al", $until) }<b>{ DATE($until) }</b>.
   *[false] fino a { $days } giorni dalla consegna.
}
order-renew-after = Il rinnovo viene chiesto al fornitore delle caselle dopo { ARTICLE("il", $after) }{ DATE($after) }, quando non si può più recedere, e mai oltre la scadenza.
renewal-recap-withdrawal = Recesso: entro { $days } giorni dall'ordine, senza dire perché, con il pulsante sotto l'ordine o con /recesso.
withdrawal-open = Recedere dal contratto qui
withdrawal-show-receipt = Ricevuta del recesso
order-withdrawn = Il recesso { $kit ->
    [true] dal kit è registrato
   *[false] è registrato
}: che cosa segue è scritto nella ricevuta.

## /recesso

withdrawal =
    <b>Recesso</b>
    { $body }
withdrawal-orders =
    Un consumatore può recedere entro { $days } giorni dall'ordine, senza dire perché. Si può recedere da:
    { $lines }
withdrawal-order = <b>{ $order }</b>, fino { ARTICLE("al", $until) }<b>{ DATE($until) }</b>{ $online ->
    [true] {""}
   *[false] , scrivendo a { $email }
}
withdrawal-order-kit = <b>{ $order }</b>, per il solo kit: { $known ->
    [true] fino { ARTICLE("al", $until) }<b>{ DATE($until) }</b>
   *[false] fino a { $days } giorni dalla consegna
}
withdrawal-choice = Recedere da { $order }
withdrawal-choice-receipt = Ricevuta di { $order }
withdrawal-done = Recesso già dichiarato: { LIST($orders) }.
withdrawal-none =
    Un consumatore può recedere entro { $days } giorni dall'ordine, senza dire perché, con il pulsante sotto l'ordine.

    In questa chat ora non c'è nessun ordine da cui si possa recedere.
withdrawal-no-consumer = In questa chat non c'è nessun ordine da cui si possa recedere senza motivo: la legge lo consente ai consumatori, non a professionisti, ditte, società ed enti. Un ordine non ancora pagato si annulla da /ordini; per il resto: { $operator }, { $email }.
withdrawal-why =
    { $right ->
        [by_mail] I contratti conclusi fino al 19 giugno 2026 hanno il recesso per email: fino { ARTICLE("al", $until) }<b>{ DATE($until) }</b> basta scrivere il numero d'ordine a { $email }.
        [no_consumer] Il recesso senza motivo spetta ai consumatori, e quest'ordine è di un professionista, una ditta, una società o un ente. Finché non è pagato si può annullare; per il resto: { $operator }, { $email }.
        [over] Il termine per recedere è finito { ARTICLE("il", $until) }<b>{ DATE($until) }</b>. Per ogni richiesta: { $operator }, { $email }.
       *[undone] L'ordine è annullato o scaduto: non c'è più nulla da cui recedere.
    }

## Primo passo

withdrawal-first =
    <b>Recesso dall'ordine { $order }</b>
    { $body }
withdrawal-name = Titolare: <b>{ $name }</b>
withdrawal-what = Ordine { ARTICLE("del", $placed) }{ DATE($placed) }: <b>{ MONEY($due) }</b>
withdrawal-boxes = { $count ->
    [one] Casella: <b>{ $first }</b>
   *[other] Caselle: <b>{ LIST($boxes) }</b>{ $more ->
        [0] {""}
        [one] {" "}e un'altra
       *[other] {" "}e altre { $more }
    }
}
withdrawal-kit = Kit di firma digitale: <b>{ $kit }</b>
withdrawal-to = La ricevuta va a <b>{ $email }</b>.
withdrawal-whole = Si recede dall'intero ordine, senza dire perché, fino { ARTICLE("al", $until) }<b>{ DATE($until) }</b> compreso.
withdrawal-whole-kit = Si recede dal solo kit, senza dire perché, { $known ->
    [true] fino { ARTICLE("al", $until) }<b>{ DATE($until) }</b> compreso.
   *[false] fino a { $days } giorni dalla consegna.
}
withdrawal-next = Continua
withdrawal-other-email = Altro indirizzo email
withdrawal-email =
    <b>La ricevuta del recesso</b>
    { $body }
withdrawal-email-question = Va a <b>{ $email }</b>. Scrivi qui un altro indirizzo per mandarla lì: l'indirizzo di riferimento resta quello di prima.

## Secondo passo

withdrawal-second =
    <b>Che cosa segue al recesso</b>
    { $body }
withdrawal-statement = Dichiaro di recedere dal contratto concluso con l'ordine { $order } { ARTICLE("del", $placed) }{ DATE($placed) } presso { $operator }. Titolare: { $name }. { $count ->
    [one] Casella: { $first }.
   *[other] { $count } caselle: { LIST($boxes) }{ $more ->
        [0] .
        [one] {" "}e un'altra.
       *[other] {" "}e altre { $more }.
    }
}
withdrawal-statement-kit = Dichiaro di recedere dal contratto concluso con l'ordine { $order } { ARTICLE("del", $placed) }{ DATE($placed) } presso { $operator }, per il solo kit di firma digitale ({ $kit }). Titolare: { $name }.
withdrawal-follows-cancelled = Non è stato pagato nulla: l'ordine viene annullato e non va più pagato. Se un pagamento è già partito, viene restituito per intero.
withdrawal-follows-back = Vengono restituiti <b>{ MONEY($back) }</b> entro { ARTICLE("il", $by) }<b>{ DATE($by) }</b>, con lo stesso mezzo usato per pagare e senza spese.
withdrawal-follows-served = Dei { MONEY($paid) } pagati, <b>{ MONEY($served) }</b> restano per il servizio già fornito: era stato chiesto l'inizio immediato.
withdrawal-follows-completed = La scadenza non torna indietro da sola: del rinnovo già fatto si occupa { $operator }.
withdrawal-follows-auto = Il rinnovo automatico attivato con l'ordine viene disattivato.
withdrawal-follows-renewal-stays = Il rinnovo resta com'è.
withdrawal-follows-kit = Il dispositivo del kit va restituito entro { ARTICLE("il", $by) }<b>{ DATE($by) }</b>, se è arrivato: come, lo dice { $operator }, { $email }.
withdrawal-final = { $kit ->
    [true] Il recesso non si ritira.
   *[false] Il recesso non si ritira: per rinnovare servirà un nuovo ordine.
}
withdrawal-confirm = Conferma recesso

## La ricevuta

withdrawal-stated =
    <b>Recesso dichiarato, ordine { $order }</b>

    La ricevuta <code>{ $number }</code>, con la data e l'ora al secondo, arriva qui come messaggio a parte e in copia a <b>{ $email }</b>.
withdrawal-receipt-title = { $kit ->
    [true] Ricevuta del recesso per il solo kit, ordine { $order }
   *[false] Ricevuta del recesso dall'ordine { $order }
}
withdrawal-receipt =
    📄 <b>{ withdrawal-receipt-title }</b>
    { $body }
withdrawal-receipt-number = Numero della ricevuta: <code>{ $number }</code>
withdrawal-receipt-at = Dichiarazione ricevuta: <b>{ LONGDATE($at) }, ore { SECONDS($at) } ({ ZONE($at) })</b>
withdrawal-quote = <blockquote expandable>{ $words }</blockquote>
withdrawal-said = «{ $words }»
withdrawal-receipt-is = È la ricevuta della dichiarazione, non una decisione.
withdrawal-receipt-to = Copia a { $email }.
withdrawal-follows = Che cosa segue
withdrawal-mail-preview = Ricevuta { $number }, { DATE($at) } alle { SECONDS($at) }

## La pagina per chi non ha più la chat

withdrawal-page-title = Recesso dall'ordine { $order }
withdrawal-page-email = Indirizzo email per la ricevuta
withdrawal-page-next = Continua
withdrawal-page-back = ← Indietro
withdrawal-page-wrong = Questo non è un indirizzo email: scrivilo per intero, come nome@example.com.
withdrawal-page-unknown-title = Link non valido
withdrawal-page-unknown = Il link è incompleto, o non è di { $operator }. Quello giusto è nell'email di conferma dell'ordine; in alternativa basta scrivere a { $email }.

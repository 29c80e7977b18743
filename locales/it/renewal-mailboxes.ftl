### Per chi è il rinnovo, quali caselle, e quelle che qui non si possono rinnovare.

## Titolare

renewal-holder =
    <b>Per chi è il rinnovo?</b>

    Un ordine riguarda un solo titolare: suoi sono i dati e la fattura. Le caselle degli altri si rinnovano a parte.
renewal-holder-choice = { $name } · { $count ->
    [one] { $count } casella
   *[other] { $count } caselle
}

## Caselle

renewal-mailboxes =
    <b>Quali caselle rinnovare?</b>
    { $body }
renewal-mailboxes-chosen = Scelte: <b>{ $chosen }</b> su { $renewable }, di { $holder }
renewal-mailboxes-blocked-how = ⊘ qui non si rinnova: toccandola si vede perché.
renewal-mailboxes-limit = Un ordine può contenere fino a { $limit } caselle: le altre si rinnovano con un altro ordine.
renewal-mailboxes-choice = { $address } · { DAY($expires) }
renewal-mailboxes-choice-far = { $address } · { DATE($expires) }
renewal-mailboxes-choice-expired = { $address } · scaduta
renewal-mailboxes-choice-gone = { $address } · { renewal-unavailable-short-gone }
renewal-mailboxes-choice-deleted = { $address } · { renewal-unavailable-short-deleted }
renewal-mailboxes-choice-blocked = ⊘ { $address } · { $reason }
renewal-mailboxes-detail = { $address }: { $plan }, { $expired ->
    [true] scaduta da { $days ->
        [one] { $days } giorno
       *[other] { $days } giorni
    }
   *[false] { $days ->
        [0] scade oggi
        [1] scade domani
       *[other] tra { $days } giorni
    }
}
renewal-mailboxes-all = Tutte
renewal-mailboxes-none = Nessuna

## Caselle che qui non si possono rinnovare

renewal-unavailable = { $body }
renewal-unavailable-list =
    <b>Nessuna casella si può rinnovare qui</b>

    Per ognuna c'è un motivo: toccandola si vede quale, e che cosa fare.
renewal-unavailable-empty =
    <b>Nessuna casella da rinnovare</b>

    Le caselle ora si possono rinnovare, oppure non ce ne sono. Con /rinnova si ricomincia.
renewal-unavailable-mailbox =
    <b>{ $address }</b>
    Piano { $plan }{ $when ->
        [gone] {""}
        [expired] , scaduta { ARTICLE("il", $expires) }{ DATE($expires) }
       *[expires] , scadenza { DATE($expires) }
    }

renewal-unavailable-gone =
    <b>Non risulta più tra le caselle gestite qui</b>

    Forse è passata a un altro gestore. Per questo qui non si può rinnovare, e non arrivano promemoria.

    Se è un errore, { $operator } può controllare: { $email }.
renewal-unavailable-deleted =
    <b>È stata cancellata</b>

    Sono passati più di { $deletion_days } giorni dalla scadenza: la casella e ciò che conteneva non si possono recuperare.

    Resta l'acquisto di una casella nuova. Lo stesso nome si può avere di nuovo solo con lo stesso codice fiscale.
renewal-unavailable-own-domain =
    <b>È una PEC su dominio proprio</b>

    Si rinnova insieme al suo dominio, non con questo rinnovo.
renewal-unavailable-open-order =
    <b>C'è già un ordine in attesa di pagamento</b>

    Il rinnovo di questa casella è nell'ordine <b>{ $order }</b> { ARTICLE("del", $placed) }{ DATE($placed) }, inviato da { $here ->
        [true] questa chat
       *[false] un'altra chat dello stesso cliente
    }.

    Per completarlo { $some ->
        [true] mancano <b>{ MONEY($missing) }</b>. Parte dell'importo è già arrivata: non si può più annullare.
       *[false] basta pagare <b>{ MONEY($missing) }</b>. Per cambiare qualcosa si può annullare, e rinnovare di nuovo.
    } Come fare è nella pagina dell'ordine.

    { $keeps ->
        [true] Va registrato entro { ARTICLE("il", $by) }<b>{ DATE($by) }</b>: poi la casella non può più inviare, e dopo { ARTICLE("il", $until) }{ DATE($until) } viene cancellata.
       *[false] Va registrato entro { ARTICLE("il", $until) }<b>{ DATE($until) }</b>: poi la casella viene cancellata.
    }
renewal-unavailable-order-of-another =
    <b>C'è già un ordine in attesa di pagamento</b>

    L'ha inviato un altro cliente, quando la casella era sua. Per sapere come fare: { $operator }, { $email }.
renewal-unavailable-auto-renew =
    <b>Il rinnovo automatico è attivo</b>

    La casella si rinnova da sola: l'addebito è previsto { ARTICLE("il", $charge) }<b>{ DATE($charge) }</b>.

    Per rinnovarla qui va prima disattivato. Da quel momento non c'è più nessun addebito automatico: senza un altro rinnovo, la casella scade { ARTICLE("il", $expires) }{ DATE($expires) }.
renewal-unavailable-auto-renew-charged =
    <b>Il rinnovo automatico è attivo</b>

    L'addebito era previsto { ARTICLE("il", $charge) }<b>{ DATE($charge) }</b> e può essere già avvenuto: prima di rinnovare qui, conviene controllare di non aver già pagato.

    Disattivandolo non ci sono altri addebiti automatici, ma quello già avvenuto resta. Senza un rinnovo la casella scade { ARTICLE("il", $expires) }{ DATE($expires) }.
renewal-unavailable-too-early =
    <b>È ancora presto</b>

    Primo giorno utile per rinnovare questa casella: <b>{ DATE($opens) }</b>. I nuovi anni si contano comunque dalla scadenza.
renewal-unavailable-free =
    <b>Ora si può rinnovare</b>

    Il motivo che lo impediva non c'è più.

renewal-unavailable-short-gone = non più qui
renewal-unavailable-short-deleted = cancellata
renewal-unavailable-short-own-domain = dominio
renewal-unavailable-short-open-order = ordinata
renewal-unavailable-short-too-early = non ancora
renewal-unavailable-short-auto-renew = automatico

renewal-unavailable-order = Apri l'ordine { $order }
renewal-unavailable-stop = Disattiva rinnovo automatico
renewal-unavailable-purchase = Acquista una casella nuova
renewal-unavailable-domain = Rinnova il dominio
renewal-unavailable-renew = Rinnova questa casella
renewal-unavailable-switched = Rinnovo automatico: <b>non attivo</b>. { $when }
renewal-unavailable-other = C'è già un altro rinnovo in corso: con /rinnova si riprende o si elimina.

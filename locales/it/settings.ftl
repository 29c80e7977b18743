### Impostazioni della chat: lingua, promemoria, frase di sicurezza.

settings-menu =
    <b>Impostazioni</b>

    { $body }
settings-line-language = Lingua: <b>{ language-name }</b>
settings-line-steps = Promemoria: <b>{ $wanted }</b> su { $steps }
settings-line-muted = Caselle silenziate: { $muted ->
    [0] <b>nessuna</b>
   *[other] <b>{ $muted }</b> su { $count }
}
settings-line-put-off = Promemoria rimandati: { $count ->
    [0] <b>nessuno</b>
   *[other] <b>{ $count }</b>
}
settings-line-phrase = Frase di sicurezza: { $chosen ->
    [true] <b>scelta</b>
   *[false] <b>non ancora scelta</b>
}
settings-line-mail = Email: { $by_mail ->
    [too] i promemoria arrivano <b>anche per email</b>, all'indirizzo di riferimento.
    [always] i promemoria arrivano <b>sempre anche per email</b>, all'indirizzo di riferimento.
   *[unreachable] i promemoria arrivano per email <b>solo se questa chat non è più raggiungibile</b>.
}
settings-unlinked = Questa chat non è ancora collegata a un cliente: i promemoria si scelgono dopo. Con /start si vede come collegarla.
settings-language = Lingua
settings-steps = Promemoria
settings-mailboxes = Caselle
settings-put-off = Rimandati ({ $count })
settings-phrase = Frase di sicurezza
settings-mail = Promemoria anche per email

## Lingua

settings-language-choose =
    <b>Lingua</b>

    In quale lingua continuare? Anche i promemoria arrivano in quella lingua.

## Quali promemoria

settings-steps-page =
    <b>Promemoria</b>
    Per tutte le caselle di questa chat: <b>{ $wanted }</b> promemoria su { $count }.
    <blockquote expandable>{ last-day-comes } Per togliere gli ultimi, prima della scadenza e prima della cancellazione, serve una conferma in più.{ $automatic ->
        [true] {" "}{ owed-comes }
       *[false] {""}
    }{ $differ ->
        [true] {" "}I giorni dopo la scadenza sono quelli delle caselle che vengono cancellate per prime: per le altre cadono più avanti, in proporzione.
       *[false] {""}
    }</blockquote>
settings-step-off =
    <b>Togliere questo promemoria?</b>

    { $after ->
        [true] Questo (<b>{ $step_words }</b>) è l'ultimo prima della cancellazione: passati { $deletion_days } giorni dalla scadenza la casella viene cancellata, con tutto ciò che contiene.
       *[false] Questo (<b>{ $step_words }</b>) è tra gli ultimi prima della scadenza. Una casella scaduta non può più inviare; passati { $deletion_days } giorni viene cancellata, con tutto ciò che contiene.
    }{"\u000A\u000A"}{ last-day-comes }{ $automatic ->
        [true] {" "}{ owed-comes }
       *[false] {""}
    }
settings-step-off-yes = Togli il promemoria
settings-step-off-no = Lascialo attivo

## Caselle

settings-mailboxes-list =
    <b>Caselle</b>

    Quanti promemoria arrivano in questa chat per ogni casella. Per cambiare basta toccarne una.
settings-mailboxes-none =
    <b>Caselle</b>

    Nessuna casella di cui ricordare la scadenza.
settings-put-off-list =
    <b>Promemoria rimandati</b>

    Le caselle con il prossimo promemoria rimandato a un altro giorno.
settings-put-off-none =
    <b>Promemoria rimandati</b>

    Nessun promemoria è rimandato.
settings-mailbox-choice = { $address } · { $heard ->
    [all] tutti
    [last] ultimi
   *[none] nessuno
}
settings-mailbox-put-off-choice = { $address } · { ARTICLE("dal", $until) }{ DAY($until) }
settings-mailbox =
    <b>{ $address }</b>
    { $expired ->
        [true] Scaduta: { LONGDATE($expires) }
       *[false] Scadenza: { LONGDATE($expires) }
    }
    { $body }
settings-mailbox-declined = <b>Non si rinnova</b>, come è stato scelto: arrivano solo l'ultimo promemoria prima della scadenza e l'ultimo prima della cancellazione. Per cambiare: /caselle.
settings-mailbox-heard = { $heard ->
    [all] In questa chat arrivano <b>tutti i promemoria</b> scelti.
    [last] In questa chat arrivano <b>solo gli ultimi</b>: { $steps }.
   *[none] In questa chat non arriva <b>nessun promemoria</b>.
}
settings-mailbox-put-off = Il prossimo promemoria è rimandato a <b>{ LONGDATE($until) }</b>.{ $last ->
    [true] {" "}Gli ultimi, prima della scadenza e della cancellazione, arrivano comunque.
   *[false] {""}
}
settings-heard = { $heard ->
    [all] Tutti i promemoria
    [last] Solo gli ultimi
   *[none] Nessun promemoria
}
settings-mailbox-day = { $is_put_off ->
    [true] Scegli un altro giorno
   *[false] Rimanda il prossimo promemoria
}
settings-mailbox-resume = Torna ai promemoria di sempre
settings-mailbox-steps = Giorni dei promemoria
settings-mailbox-switch = Rinnovo automatico
settings-mailbox-automatic = { $on ->
    [true] Rinnovo automatico: <b>attivo</b>. Addebito: { DATE($charge) }.
   *[false] Rinnovo automatico: <b>non attivo</b>.
}
settings-automatic = { $body }
settings-silence =
    <b>Nessun promemoria per questa casella?</b>

    { $last ->
        [true] Per <b>{ $address }</b> non arriverebbero più neanche gli ultimi: { $steps }.
       *[false] Per <b>{ $address }</b> in questa chat non arriverebbe più niente.
    } Se la casella scade, smette di inviare; passati { $deletion_days } giorni viene cancellata, con tutto ciò che contiene.{"\u000A\u000A"}{ $declined ->
        [true] {""}
       *[false] { last-day-comes }
    }{ $automatic ->
        [true] {" "}{ owed-comes }
       *[false] {""}
    }
settings-silence-yes = Silenzia del tutto
settings-silence-no = Lascia i promemoria come sono
settings-day =
    <b>Un altro giorno</b>

    In quale giorno ricordare la scadenza di <b>{ $address }</b>? Si può scegliere fino { ARTICLE("al", $limit) }{ DATE($limit) }.

## Frase di sicurezza

settings-phrase-page =
    <b>Frase di sicurezza</b>

    { $body }
settings-phrase-why =
    I falsi promemoria di rinnovo sono la truffa più comune con le PEC. Ogni messaggio autentico mostra la frase: in questa chat quella scelta qui, nelle email quella della prima chat collegata che ne ha una. Un messaggio senza, o con un'altra, è falso.

    Non va detta a nessuno: nemmeno { $operator } la chiede.
settings-phrase-none = Non è ancora scelta.
settings-phrase-now = Adesso: <b>{ $phrase }</b>
settings-phrase-how = { $chosen ->
    [true] Per cambiarla basta scriverne un'altra in un messaggio
   *[false] Per sceglierla basta scriverla in un messaggio
}: da { $shortest } a { $longest } caratteri, su una riga sola.
settings-phrase-unusable = «<b>{ $value }</b>» non va bene: la frase deve avere da { $shortest } a { $longest } caratteri e stare su una riga sola. Scrivine un'altra.
settings-phrase-remove = Togli la frase
settings-phrase-remove-ask =
    <b>Togliere la frase di sicurezza?</b>

    Senza <b>{ $phrase }</b> un messaggio autentico non si distingue più da uno falso.
settings-phrase-remove-yes = Togli la frase
settings-phrase-remove-no = Lasciala com'è

## Indirizzo email di riferimento

settings-email = Email di riferimento
settings-email-page =
    <b>Indirizzo email di riferimento</b>

    { $body }
settings-email-now = Adesso: <b>{ $address }</b>{ $count ->
    [0] {""}
    [one] , per la casella { $first }
   *[other] , per { $count } caselle, tra cui { $first }
}.
settings-email-question =
    Riceve avvisi, promemoria, ordini e codici per entrare. Per cambiarlo basta scrivere qui il nuovo indirizzo: vi arriva un codice di 6 cifre, e fino a quando non è scritto in questa chat resta quello attuale.

    Meglio un indirizzo ordinario, non la PEC che scade.
settings-email-not-here = Da qui non si può cambiare: per il nuovo indirizzo serve un codice mandato per email, e { $operator } non invia email con questo servizio. Per cambiarlo basta scrivere a { $email } o telefonare: { $phone }.
settings-email-waiting = <b>{ $address }</b> aspetta il suo codice.
settings-email-enter = Scrivi il codice
settings-email-other = Cambia { $address }
settings-email-code-question =
    Il codice è in arrivo a <b>{ $address }</b>. Scrivilo qui: vale fino alle <b>{ TIME($until) }</b>.

    Può volerci qualche minuto: guarda anche nella posta indesiderata. Fino ad allora resta { $now }.

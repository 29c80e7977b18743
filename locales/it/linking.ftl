### Collegare la chat con l'indirizzo email: l'indirizzo, poi il codice. Ciò che si legge non dipende mai da chi è noto.

button-link = Collega con l'email
link-or-by-email = In alternativa, la chat si collega con un codice mandato all'indirizzo email di riferimento.
link-by-notice =
    Per aggiungere un cliente a questa chat basta aprire il pulsante <b>Rinnova</b> di un promemoria di scadenza che ha ricevuto.

    Se il promemoria non si trova, { $operator } può inviarne un altro: { $email }, { $phone }.
link-done = Fatto: la chat è collegata.

## L'indirizzo

linking-email =
    🔗 <b>{ $bound ->
        [true] Aggiungere un cliente a questa chat
       *[false] Collegare questa chat
    }</b>

    { $question }
linking-email-question = Scrivi qui l'indirizzo email di riferimento: quello a cui { $operator } manda i promemoria, non la casella PEC. Se l'indirizzo è noto, vi arriva un codice di 6 cifre da scrivere in questa chat.
linking-email-notice = Chi ha un promemoria di scadenza può anche aprire il suo pulsante <b>Rinnova</b>.
linking-no-passwords = La password della casella, quella dell'account e i dati della carta non vengono mai chiesti.

## Il codice

linking-code =
    🔗 <b>Codice di 6 cifre</b>

    { $question }
linking-code-question =
    Se l'indirizzo è quello di riferimento di un cliente, il codice è in arrivo. Scrivilo qui: vale fino alle <b>{ TIME($until) }</b>.

    Può volerci qualche minuto. Se non lo vedi, guarda nella posta indesiderata, o controlla di aver scritto l'indirizzo a cui arrivano i promemoria.
linking-code-again = È stato chiesto un altro codice: quello di prima non vale più.
linking-code-gone = Nessun codice è valido in questo momento. Se ne può chiedere un altro.
linking-code-wrong = { $left ->
    [0] Il codice non è giusto.
    [one] Il codice non è giusto: resta <b>{ $left } tentativo</b>.
   *[other] Il codice non è giusto: restano <b>{ $left } tentativi</b>.
}
linking-code-form = Il codice è fatto di 6 cifre, come <code>048213</code>. Questo messaggio non conta come tentativo.
linking-another-code = Manda un altro codice
linking-other-address = Cambia indirizzo

## Quando non si può

linking-paused = { $reason ->
    [wrong-codes] I codici sbagliati sono stati troppi. Per sicurezza qui se ne può chiedere e scrivere un altro tra <b>{ $minutes ->
        [one] { $minutes } minuto
       *[other] { $minutes } minuti
    }</b>.
    [many-strangers] Per questo indirizzo oggi sono già stati chiesti abbastanza codici. Se ne può chiedere un altro dalle <b>{ TIME($until) }</b> { ARTICLE("del", $until) }<b>{ DATE($until) }</b>. Se l'indirizzo è quello di riferimento, le email con i codici già arrivate hanno un link che collega questa chat senza codice: vale un giorno.
   *[many-codes] I codici chiesti nell'ultima ora sono già abbastanza. Se ne può chiedere un altro tra <b>{ $minutes ->
        [one] { $minutes } minuto
       *[other] { $minutes } minuti
    }</b>.
}
linking-text-only = La risposta va scritta in un messaggio: foto, audio e altri allegati qui non si possono leggere.
linking-command = Questo comando non esiste. Per uscire da qui basta il pulsante qui sotto.

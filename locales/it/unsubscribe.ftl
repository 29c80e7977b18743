### La pagina con cui si scelgono i promemoria per email: si apre dal link in fondo a ognuno. Non nomina nessuno.

unsubscribe-title = Promemoria per email
unsubscribe-about = Quali email mandare per ricordare le scadenze delle caselle PEC. I promemoria nella chat di { -product } si scelgono a parte, con il comando /impostazioni. { last-day-comes } { owed-comes }
unsubscribe-all = Tutti i promemoria
unsubscribe-all-what = { $days ->
    [one] Dal giorno prima della scadenza in poi.
   *[other] Da { $days } giorni prima della scadenza in poi.
}
unsubscribe-last = Soltanto gli ultimi
unsubscribe-last-what = { $steps }.
unsubscribe-none = Nessun promemoria
unsubscribe-none-what = La scadenza può passare senza che un'email la ricordi.
unsubscribe-now = Scelta attuale
unsubscribe-kept = Scelta salvata: { $level ->
    [all] arrivano tutti i promemoria.
    [last] arrivano soltanto gli ultimi promemoria.
   *[none] non arriva nessun promemoria.
}
unsubscribe-sure-title = Nemmeno gli ultimi?
unsubscribe-sure = Una casella scaduta riceve ancora, ma non può più inviare; passati { $deletion_days } giorni dalla scadenza viene cancellata, con tutto ciò che contiene. Gli ultimi promemoria servono a non accorgersene troppo tardi. { last-day-comes } { owed-comes }
unsubscribe-sure-yes = Nessun promemoria, nemmeno gli ultimi
unsubscribe-unknown-title = Link non valido
unsubscribe-unknown = Il link è incompleto, o non è di { $operator }. Quello giusto è in fondo a ogni promemoria; in alternativa basta scrivere a { $email }.
unsubscribe-unclear-title = Richiesta non valida
unsubscribe-unclear = Non è cambiato nulla. Si può riprovare dal link in fondo a ogni promemoria, o scrivere a { $email }.
unsubscribe-help = Per assistenza: { $email }, { $phone }

## Il link che annulla, nell'email di conferma

unsubscribe-undo-title = Annullare la scelta
unsubscribe-undo-what = Ora non arriva nessun promemoria per email. Annullando la scelta { $level ->
    [last] tornano soltanto gli ultimi promemoria, come prima.
   *[all] tornano tutti i promemoria, come prima.
}
unsubscribe-undo = { $level ->
    [last] Riattiva gli ultimi promemoria
   *[all] Riattiva tutti i promemoria
}
unsubscribe-undone = Scelta annullata: { $level ->
    [last] arrivano soltanto gli ultimi promemoria.
   *[all] arrivano tutti i promemoria.
}
unsubscribe-undo-late = Non è cambiato nulla: dopo quella di questo link è stata fatta un'altra scelta. Ora { $level ->
    [all] arrivano tutti i promemoria.
    [last] arrivano soltanto gli ultimi promemoria.
   *[none] non arriva nessun promemoria.
}
unsubscribe-undo-elsewhere = Per scegliere di nuovo basta il link in fondo a un promemoria, anche vecchio.

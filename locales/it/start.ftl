### Ingresso, comandi, messaggi fuori dalle finestre di dialogo.

## Inizio

start-operator =
    <b>{ -product }, per il gestore</b>

    In questa chat arrivano le segnalazioni: i pagamenti che chiedono una persona, uno per uno.

button-renew = Rinnova
button-resume = Riprendi il rinnovo
button-go-on = Continua
button-start-afresh = Ricomincia da capo
button-discard = Elimina questo rinnovo
button-mailboxes = Le mie caselle
button-orders = I miei ordini
button-open-order = Vedi l'ordine

## Collegamento

link-unknown =
    Questo link non è valido. Forse è stato copiato solo in parte: conviene riaprirlo dal pulsante del promemoria.

    Se il problema resta, { $operator } può inviarne uno nuovo: { $email }, { $phone }.
link-used =
    Questo link è già stato usato: ognuno vale una volta sola.

    Per collegare un'altra chat serve un nuovo promemoria da { $operator }: { $email }, { $phone }.
link-expired =
    Questo link è scaduto.

    { $operator } può inviarne uno nuovo: { $email }, { $phone }.
link-add-customer =
    Questa chat serve già un cliente. Il link ne aggiunge un altro: da qui si potranno vedere e rinnovare anche le sue caselle.

    Aggiungerlo?
link-add-yes = Aggiungi il cliente
link-add-no = Non aggiungere
link-added = Il cliente è stato aggiunto a questa chat.
link-not-added = Nessun cliente aggiunto. Il link resta valido fino alla sua scadenza.

unlink-ask =
    Scollegare questa chat? Da qui non si vedranno più caselle e ordini, e un rinnovo lasciato a metà sarà eliminato. Gli ordini già inviati restano validi.
unlink-yes = Scollega la chat
unlink-no = Lascia tutto com'è
unlink-done = Chat scollegata. Per tornare basta aprire un nuovo promemoria di scadenza.
unlink-kept = Niente è cambiato.
unlink-nothing = Questa chat non è collegata a nessun cliente.

## Comandi

help =
    <b>Come si rinnova</b>
    Dal pulsante <b>Rinnova</b> di un promemoria, oppure con /rinnova. Si conferma la casella, il piano, i dati e la modalità di pagamento; l'ordine parte solo con l'ultimo pulsante.

    <b>Comandi</b>
    /rinnova – rinnovare una casella
    /caselle – le caselle e le scadenze
    /calendario – le scadenze per il calendario
    /ordini – gli ordini e come pagarli
    /annulla – interrompere il rinnovo in corso
    /impostazioni – promemoria, frase di sicurezza, lingua
    /lingua – cambiare lingua
    /recesso – recedere da un ordine
    /privacy – dati personali
    /collega – collegare la chat, o aggiungere un cliente
    /scollega – scollegare questa chat

    <b>Assistenza</b>
    { $operator }, { $email }, { $phone }, { $website }
privacy =
    <b>Dati personali</b>
    Il titolare del trattamento è <b>{ $operator }</b>, { $email }.

    <b>Che cosa e perché</b>: l'identificativo di questa chat e le tue scelte, per risponderti e ricordarti le scadenze; i dati dell'intestatario, le caselle, gli ordini e i pagamenti, per il rinnovo e la fattura. Sono conservati cifrati.

    <b>Fino a quando</b>: quelli della chat finché è collegata o li cancelli; quelli del cliente finché ha caselle in gestione o li fa cancellare; le prove di ordini e avvisi { $years } anni, come chiede la legge.

    Per correggerli: /impostazioni, o scrivi a { $email }.
privacy-send = Inviami i miei dati
privacy-delete = Cancella i miei dati
privacy-notice = Informativa (versione { $version })
language-choose = In quale lingua continuare?
language-name = Italiano
language-chosen = Da ora si continua in italiano.
cancel-nothing = Non c'è nessun rinnovo in corso.
cancel-ask = Il rinnovo è in pausa e le scelte sono conservate. Si può riprendere quando serve, oppure eliminare.
discard-ask = Eliminare il rinnovo in corso? Le scelte fatte andranno perse; nessun ordine è stato inviato.
discard-yes = Elimina il rinnovo
discarded = Rinnovo eliminato. Nessun ordine è stato inviato.
renewal-unfinished =
    { $count ->
        [0] C'è già un rinnovo lasciato a metà.
        [one] C'è già un rinnovo lasciato a metà: <b>{ $first }</b>.
       *[other] C'è già un rinnovo lasciato a metà per { $count } caselle, la prima è <b>{ $first }</b>.
    }
    Riprenderlo, o ricominciare da capo?
renewal-goes-on = Il rinnovo già iniziato riprende da dove era rimasto, con le stesse scelte.
renewal-left-by-deleted = { $count ->
    [one] La casella <b>{ $first }</b> è stata cancellata: non fa più parte di questo rinnovo. Le altre scelte restano.
   *[other] { $count } caselle, tra cui <b>{ $first }</b>, sono state cancellate: non fanno più parte di questo rinnovo. Le altre scelte restano.
}
renewal-left-by-gone = { $count ->
    [one] La casella <b>{ $first }</b> non risulta più tra quelle gestite qui: non fa più parte di questo rinnovo. Le altre scelte restano.
   *[other] { $count } caselle, tra cui <b>{ $first }</b>, non risultano più tra quelle gestite qui: non fanno più parte di questo rinnovo. Le altre scelte restano.
}
renew-no-mailboxes =
    Nessuna casella risulta collegata. Se è un errore, { $operator } può controllare: { $email }, { $phone }.

## Caselle

mailboxes-none = Nessuna casella collegata a questa chat.
mailboxes-list =
    <b>{ $count ->
        [one] La casella
       *[other] Le { $count } caselle
    }</b>
mailboxes-automatic = Rinnovo automatico
mailboxes-line =
    <b>{ $address }</b>
    { $plan } · { $late ->
        [true] scaduta { ARTICLE("il", $expires) }{ DATE($expires) } ({ $overdue ->
            [one] ieri
           *[other] { $overdue } giorni fa
        })
       *[false] scade { ARTICLE("il", $expires) }{ DATE($expires) } ({ $days ->
            [0] oggi
            [one] domani
           *[other] tra { $days } giorni
        })
    }{ $blocker ->
        [none] {""}
        [declined] {" "}· non si rinnova
        [deleted] {" "}· cancellata
        [own-domain] {" "}· si rinnova con il dominio
        [open-order] {" "}· ordine in attesa di pagamento
        [too-early] {" "}· non ancora rinnovabile
       *[auto-renew] {" "}· rinnovo automatico attivo
    }
mailboxes-line-gone =
    <b>{ $address }</b>
    { $plan } · non più gestita qui

## Quando qualcosa non va

hint-commands = Non è chiaro cosa fare con questo messaggio. Con /rinnova si rinnova una casella, con /aiuto si vede tutto il resto.
hint-tap = Per continuare basta toccare uno dei pulsanti qui sotto.
hint-old-button = Questo pulsante non è più valido. Con /start si riparte.
groups-private-only = { -product } risponde solo in chat privata: qui non può restare.
error-draft-discarded = Questo rinnovo è stato eliminato. Se ne può iniziare un altro.
error-draft-ordered = Questo rinnovo è già diventato l'ordine <b>{ $order }</b>.
error-screen-outdated = Questa schermata è di una conversazione precedente. Le scelte già fatte sono conservate.
error-not-found = Non trovato, o non collegato a questa chat.
error-mailbox-blocked = Una casella di questo rinnovo non si può più rinnovare qui: il messaggio dice perché, e che cosa si può fare.
error-no-more-reminders = Di questa casella non arrivano più promemoria: con /caselle si vede perché.
error-order-not-open = L'ordine non è più in attesa di pagamento.
error-order-part-paid = Parte dell'importo è già arrivata: l'ordine non si può più annullare né pagare in un altro modo, si può completare il pagamento.
error-terms-changed = Intanto qualcosa è cambiato: leggi di nuovo e conferma.
error-not-possible = Questa scelta non è possibile. Con /start si vede cosa si può fare.
error-not-shown = In questo momento Telegram non risponde. Quello che è stato fatto resta fatto: si può riprovare tra poco.
error-unexpected = Qualcosa non ha funzionato. Niente è andato perso: si può riprovare tra poco.

## Elenco dei comandi in Telegram

command-renew = Rinnova una casella PEC
command-mailboxes = Caselle e scadenze
command-orders = Ordini e pagamenti
command-settings = Promemoria, frase di sicurezza, lingua
command-withdraw = Recedere da un ordine
command-help = Come funziona
command-privacy = Dati personali
profile-description =
    Rinnova le caselle PEC di { $operator }: piano, spazio, dati, pagamento e ordine, passo per passo.

    Risponde un programma. Non chiede mai password né dati della carta.
profile-about = Rinnovo delle caselle PEC di { $operator }. Risponde un programma.

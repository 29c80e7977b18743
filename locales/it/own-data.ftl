### I propri dati: il file che si riceve, e la cancellazione.

## Il file

data-file = i-miei-dati.zip
data-page-file = i-miei-dati.html
data-json-file = i-miei-dati.json
data-caption = I tuoi dati: una pagina da leggere (HTML) e gli stessi dati per un programma (JSON). Il file contiene dati personali: conservalo con cura.
data-page-title = I tuoi dati
data-page-intro = Quello che { $operator } conserva attraverso questo programma, letto { ARTICLE("il", $at) }{ DATE($at) } alle { TIME($at) }. Dei colleghi che usano la stessa utenza non c'è nulla.
data-yes-no =
    { $yes ->
        [true] sì
       *[other] no
    }
data-instant = { DATE($at) }, { TIME($at) }
data-day = { DATE($day) }
data-sum = { MONEY($sum) }
data-label =
    { $name ->
        [chat] Chat
        [customer] Cliente
        [language] Lingua
        [since] Dal
        [security_phrase] Frase di sicurezza
        [reminders_switched_off] Promemoria disattivati (giorni)
        [email_too] Promemoria anche per email
        [linked_to] Collegata a
        [muted] Caselle senza promemoria
        [mailbox] Casella PEC
        [level] Promemoria silenziati
        [put_off] Promemoria rimandati
        [until] Fino al
        [renewal_under_way] Rinnovo in corso
        [registrant] Dati dell'intestatario
        [kit_holder] Titolare della firma digitale
        [shipping] Spedizione
        [method] Modalità di pagamento
        [years] Anni
        [mailboxes] Caselle PEC
        [plan] Piano
        [said_paid] Pagamenti annunciati
        [said_at] Annunciato il
        [expected_on] Atteso entro il
        [codes_asked_for] Codici richiesti
        [at] Data e ora
        [new_email] Nuovo indirizzo
        [messages] Messaggi inviati in questa chat
        [message] Messaggio
        [state] Stato
        [reference_email] Indirizzo email di riferimento
        [email_reminders] Promemoria per email
        [email_changes] Cambi di indirizzo
        [old_email] Indirizzo precedente
        [chats] Chat collegate
        [holders] Titolari
        [updated_at] Aggiornato il
        [set_by_customer] Valori indicati dal cliente
        [field] Campo
        [value] Valore
        [expires_on] Scadenza
        [extra_mailbox_gb] GB aggiuntivi
        [extra_archive_gb] GB aggiuntivi di archivio
        [used_mailbox_milli_gb] Spazio usato (millesimi di GB)
        [used_archive_milli_gb] Archivio usato (millesimi di GB)
        [usage_at] Spazio misurato il
        [automatic_renewal] Rinnovo automatico
        [notice_by] Avviso prima dell'addebito
        [not_renewing] Non si rinnova alla scadenza del
        [gone_on] Non più in gestione dal
        [reminders] Promemoria inviati
        [days_before] Giorni prima della scadenza
        [switched] Scelte sul rinnovo
        [what] Che cosa
        [to] A
        [notices] Avvisi dovuti per legge
        [by] Canale
        [words] Testo
        [orders] Ordini
        [order] Ordine
        [due] Importo
        [old_expiry] Scadenza precedente
        [new_expiry] Nuova scadenza
        [documents] Documenti accettati
        [document] Documento
        [version] Versione
        [payments] Pagamenti
        [payment] Riferimento
        [sum] Somma
        [invoices] Fatture
        [number] Numero
        [on] Data
        [link] Link
        [withdrawal] Recesso
        [due_back] Somma da restituire
        [requests] Richieste sui dati
        [kind] Categoria
        [name] Destinatario
        [first_name] Nome
        [last_name] Cognome
        [business_name] Denominazione
        [tax_code] Codice fiscale
        [vat_number] Partita IVA
        [legal_rep] Rappresentante legale
        [address] Indirizzo
        [street] Indirizzo e numero civico
        [postcode] CAP
        [town] Comune
        [province] Provincia
        [country] Paese
        [phone] Telefono
        [email] Email
        [mobile] Cellulare
        [recipient_code] Codice destinatario
        [recipient_pec] PEC per le fatture
        [split_payment] Scissione dei pagamenti
        [birth_date] Data di nascita
        [birth_place] Luogo di nascita
        [paid_together] Ordini pagati insieme
        [kit] Kit di firma digitale
        [kit_delivered_on] Kit consegnato il
        [space] Spazio
        [archive] Archivio
        [percent] Pieno almeno al (%)
        [told_at] Comunicato il
        [vat_note] IVA
        [lines] Voci
        [quantity] Quantità
        [vat] IVA
        [other_methods] Cambi di modalità di pagamento
        [old_method] Modalità precedente
       *[other] { $name }
    }

data-word = { $word ->
    [email_reminders-all] tutti
    [email_reminders-last] solo gli ultimi
    [email_reminders-none] nessuno
    [level-most] tutti tranne gli ultimi
    [level-all] tutti
    [decided-stop] non si rinnova
    [decided-go] si rinnova
    [what-automatic_renewal] rinnovo automatico
    [what-renewing] rinnovo alla scadenza
    [state-due] in attesa
    [state-claimed] in corso
    [state-obsolete] non più necessario
    [channel-none] nessuno
    [message-chat-joined] nuova chat collegata
    [message-confirmation-over] conferma non più valida
    [message-customer-forgotten] cancellazione di tutti i dati
    [message-mail-silenced] promemoria per email disattivati
    [message-reference-email-changed] indirizzo email di riferimento cambiato
    [message-reference-email-restored] indirizzo email di riferimento ripristinato
    [message-operator-automatic-renewal] rinnovo automatico, per il gestore
    [message-operator-review] pagamento da esaminare, per il gestore
    [message-operator-cases] casi da seguire, per il gestore
    [message-operator-statement] estratto conto, per il gestore
    [message-operator-statement-refused] estratto conto non letto, per il gestore
   *[other] {""}
}

## Cancellare

data-not-sent = Il file non è partito: Telegram non risponde. Riprova tra qualche minuto da /privacy.
data-delete-ask =
    <b>Cancellare i dati di questa chat?</b>

    <b>Si cancellano</b>{ $linked ->
        [true] {" "}l'accesso alle caselle da qui,
       *[other] {""}
    } il rinnovo lasciato a metà, la frase di sicurezza, le scelte sui promemoria, i codici e i messaggi inviati. Qui non arriveranno più promemoria.

    <b>Restano</b> le prove { $orders ->
        [true] di ordini e avvisi, { $years } anni per legge, compreso l'identificativo della chat che li ha fatti
       *[other] degli avvisi, { $years } anni per legge
    }; per un giorno le richieste di codici, contro chi prova a indovinarli.

    { $whole ->
        [true] I dati del cliente (titolare, { data-delete-boxes }) restano: con <b>Cancella tutti i dati</b> si cancellano anche quelli.
       *[other] I dati del cliente (titolare, { data-delete-boxes }) non sono della sola chat: chi ne è titolare li fa cancellare scrivendo a { $operator }, { $email }.
    } La casella PEC non cambia.
data-delete-boxes = { $orders ->
    [true] caselle, ordini
   *[other] caselle
}
data-delete-yes = Cancella i dati della chat
data-delete-all = Cancella tutti i dati
data-delete-no = Lascia tutto com'è
data-delete-kept = Tutto resta com'era. Non è stato cancellato nulla.
data-deleted = Fatto: { ARTICLE("il", $at) }{ DATE($at) } alle { TIME($at) } i dati di questa chat sono stati cancellati. Per tornare basta collegarla di nuovo.

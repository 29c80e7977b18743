### Le prove di un ordine o di una casella, come documento: per una persona, e dentro per un programma.

evidence-title = { $subject ->
    [order] Prove dell'ordine { $name }
   *[mailbox] Messaggi su { $name }
}
evidence-made = Documento di { LONGDATE($at) }, ore { TIME($at) } { ZONE($at) }, di { $operator }. { $count ->
    [one] Contiene una registrazione.
   *[other] Contiene { $count } registrazioni.
}
evidence-what =
    Ogni registrazione è stata scritta nel momento indicato, insieme a un'impronta che dipende anche da tutte quelle di prima: se una sola fosse cambiata, tolta o spostata, le impronte non tornerebbero più. Il file allegato a questo documento contiene le stesse registrazioni per un programma. Per verificarle: python -m bot evidence verify, con il nome di questo file.
evidence-not =
    Che cosa questo documento non prova: che un messaggio consegnato al server di posta sia stato letto; che la chiave con cui sono firmate le impronte di ogni giorno sia del gestore, se non la si confronta con quella che il gestore ha ricevuto allora; che esistano o no registrazioni successive.
evidence-signed = Le impronte fino alla n. { $sequence } sono tra quelle firmate { ARTICLE("il", $day) }{ DATE($day) }. Radice { $root }, chiave { $public }.
evidence-unsigned = { $count ->
    [one] L'ultima registrazione non è ancora tra quelle firmate: lo sarà a fine giornata.
   *[other] Le ultime { $count } registrazioni non sono ancora tra quelle firmate: lo saranno a fine giornata.
}
evidence-entry = { $sequence }. { $kind ->
    [placed] Ordine inviato
    [shown] Schermata mostrata
    [method] Modalità di pagamento cambiata
    [payment] Pagamento
    [reversal] Pagamento tornato indietro
    [given_back] Decisione su un pagamento
    [completed] Rinnovo completato
    [cancelled] Ordine annullato
    [expired] Ordine scaduto
    [withdrawn] Recesso
    [vat] Decisione sull'IVA
    [invoiced] Fattura
    [delivered] Kit consegnato
    [told] Messaggio
    [switched] Rinnovo automatico
    [decided] Decisione sul rinnovo
    [requested] Richiesta sui dati
   *[erased] Contenuto cancellato
}
evidence-at = { LONGDATE($at) }, { $clock } { ZONE($at) }
evidence-erased = Contenuto cancellato { ARTICLE("il", $on) }{ DATE($on) }: { $reason }
evidence-digest = Impronta { $link }
evidence-page = Pagina { $page }
evidence-yes = sì
evidence-no = no
evidence-label = { $label ->
    [about] riguarda
    [accepted_at] accettato il
    [address] casella
    [amount] importo
    [archive] spazio di archivio
    [attempts] tentativi
    [automatic_renewal] rinnovo automatico
    [automatic_renewal_ended] rinnovo automatico tolto
    [became] l'ordine è ora
    [button] sul pulsante
    [catalogue] versione del catalogo
    [channel] canale
    [charge_on] addebito il
    [chat] chat Telegram
    [code] codice
    [counted] contato per l'ordine
    [currency] valuta
    [decision] decisione
    [delivered_on] consegnato il
    [document] documento
    [documents] documenti accettati
    [due] da pagare
    [due_back] da restituire
    [early_start] inizio subito
    [email] ricevuta a
    [expires_on] scadenza
    [extra_archive_gb] GB aggiuntivi di archivio
    [extra_mailbox_gb] GB aggiuntivi di casella
    [from] da
    [instructions] come si paga
    [issued_on] emessa il
    [kind] tipo
    [kit] kit
    [kit_holder] titolare del kit
    [language] lingua
    [level] livello di spazio
    [lines] voci dell'ordine
    [mailboxes] caselle
    [mention] dicitura
    [message] messaggio
    [method] modalità di pagamento
    [missing] mancante
    [movement] movimento
    [named] causale
    [net] imponibile
    [new_expiry] nuova scadenza
    [note] nota
    [notice_by] comunicazioni di legge per
    [number] numero
    [old_expiry] vecchia scadenza
    [old_plan] piano prima
    [outcome] esito
    [paid] pagato
    [pay_by] da pagare entro
    [payment] pagamento
    [placed_at] inviato il
    [plan] piano
    [quantity] quantità
    [reason] motivo
    [receipt] ricevuta n.
    [registered_at] registrato il
    [registrant] dati dell'intestatario
    [reply] risposta del server di posta
    [reversal] storno
    [screen] sullo schermo
    [sequences] registrazioni
    [served] già fornito
    [shipping] spedizione
    [split_payment] scissione dei pagamenti
    [step] giorni rispetto alla scadenza
    [switched] rinnovo automatico
    [text] impronta del testo
    [to] a
    [to_renew] da rinnovare
    [treatment] trattamento IVA
    [unit_net] prezzo unitario
    [url] indirizzo
    [vat] IVA
    [vat_percent] aliquota IVA
    [version] versione
    [was] l'ordine era
    [words] testo
    [years] anni
    [first_name] nome
    [last_name] cognome
    [business_name] denominazione
    [tax_code] codice fiscale
    [vat_number] partita IVA
    [legal_rep] rappresentante legale
    [street] indirizzo e numero civico
    [postcode] CAP
    [town] comune
    [province] provincia
    [country] Paese
    [phone] telefono
    [reference_email] indirizzo email di riferimento
    [recipient_code] codice destinatario
    [office_code] codice univoco ufficio
    [recipient_pec] PEC per le fatture
    [mobile] cellulare personale
   *[other] { $label }
}
evidence-file = prove-{ $name }.pdf
evidence-caption = Le prove dell'ordine <b>{ $name }</b>: che cosa è stato mostrato, accettato, pagato, e quando.
evidence-button = Documenti
evidence-none = Per questo ordine non ci sono prove registrate: è di prima che fossero tenute così.

## L'email al gestore con le impronte firmate di un giorno

mail-heads-subject = Prove { ARTICLE("del", $day) }{ DATE($day) } firmate, { $operator }
mail-heads-preview = Conservare questa email fuori dal server del bot.
mail-heads-title = Le prove { ARTICLE("del", $day) }{ DATE($day) } sono firmate
mail-heads-opening = { $count ->
    [0] Quel giorno non è stato registrato nulla, e la firma copre anche questo.
    [one] La firma copre l'unico ordine o casella di cui è stato registrato qualcosa.
   *[other] La firma copre i { $count } ordini e caselle di cui è stato registrato qualcosa.
}
mail-heads-keep = Questa email va conservata com'è, fuori dal server del bot: chi un giorno cambiasse il database non potrebbe cambiare lei. Per confrontarla con un documento: <code>python -m bot evidence verify FILE --heads EMAIL</code>
mail-heads-section = Firma

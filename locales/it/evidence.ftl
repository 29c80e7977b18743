### Le prove di un ordine, di una casella o di un cliente, come documento: per una persona, e dentro per un programma.

evidence-title = { $subject ->
    [order] Prove dell'ordine { $name }
    [customer] Richieste sui dati del cliente { $name }
   *[mailbox] Messaggi su { $name }
}
evidence-made = Documento di { LONGDATE($at) }, ore { TIME($at) } { ZONE($at) }, di { $operator }. { $count ->
    [one] Contiene una registrazione.
   *[other] Contiene { $count } registrazioni.
}
evidence-what =
    Ogni registrazione è stata scritta nel momento indicato, insieme a un'impronta che dipende anche da tutte quelle di prima: se una sola fosse cambiata, tolta o spostata, le impronte non tornerebbero più. Il file allegato a questo documento contiene le stesse registrazioni per un programma. Per verificarle: python -m bot evidence verify, con il nome di questo file.
evidence-not =
    Che cosa questo documento non prova: che un messaggio consegnato al server di posta sia stato letto; che la chiave con cui sono firmate le impronte di ogni giorno sia del gestore, se non la si confronta con quella che il gestore ha ricevuto allora; che esistano o no registrazioni successive; che le pagine siano quelle di allora, se qualcuno ci ha disegnato sopra: vale il file allegato.
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
evidence-at = { LONGDATE($at) }, { SECONDS($at) } { ZONE($at) }
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
    [counted] conteggiato per l'ordine
    [currency] valuta
    [decision] decisione
    [delivered_on] consegnato il
    [document] documento
    [documents] documenti accettati
    [due] da pagare
    [due_back] da restituire
    [early_start] inizio immediato
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
    [mention] dicitura in fattura
    [message] messaggio
    [method] modalità di pagamento
    [missing] mancante
    [movement] movimento
    [named] causale
    [net] imponibile
    [new_expiry] nuova scadenza
    [note] nota
    [notice_by] comunicazioni di legge via
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
    [step] rispetto alla scadenza
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
    [account] conto
    [beneficiary] beneficiario
    [bic] BIC
    [by_mail] solo per email
    [cig] CIG
    [commitment_letter] con lettera d'impegno
    [cup] CUP
    [holder_email] email
    [iban] IBAN
    [names] modalità di pagamento
    [recipient] destinatario
    [request] richiesta
    [sha256] impronta SHA-256
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
evidence-day = { DATE($on) }
evidence-moment = { DATE($at) }, { SECONDS($at) } { ZONE($at) }
evidence-percent = { PERCENT($rate) }
evidence-sum = { MONEY($cents) }
evidence-step = { $days ->
    [0] il giorno stesso
    [one] un giorno { $after ->
        [true] dopo
       *[false] prima
    }
   *[other] { $days } giorni { $after ->
        [true] dopo
       *[false] prima
    }
}
evidence-word = { $word ->
    [about-renew] rinnovo
    [about-awaiting-payment] ordine da pagare
    [about-awaiting-decision] decisione sull'IVA
    [about-automatic] rinnovo automatico
    [about-not-charged] addebito mancato
    [about-not-renewing] casella da non rinnovare
    [about-own-domain] casella su dominio proprio
    [about-deleted] casella cancellata
    [was-awaiting_decision] in attesa della decisione sull'IVA
    [was-awaiting_payment] in attesa di pagamento
    [was-completed] rinnovo completato
    [was-cancelled] annullato
    [was-expired] scaduto
    [was-withdrawn] recesso
    [became-awaiting_decision] in attesa della decisione sull'IVA
    [became-awaiting_payment] in attesa di pagamento
    [became-completed] rinnovo completato
    [became-cancelled] annullato
    [became-expired] scaduto
    [became-withdrawn] recesso
    [channel-telegram] Telegram
    [channel-mail] email
    [decision-assigned] assegnato a un ordine
    [decision-refunded] restituito
    [decision-settled] chiuso senza movimenti
    [document-conditions] condizioni generali di contratto
    [document-clauses] approvazione specifica delle clausole vessatorie
    [document-privacy] informativa sul trattamento dei dati
    [document-early_start] richiesta di inizio immediato del servizio
    [document-invoice] fattura
    [document-credit_note] nota di credito
    [kind-natural_person] persona fisica
    [kind-sole_trader] ditta individuale
    [kind-freelancer] libero professionista
    [kind-company] società
    [kind-association] associazione o ente
    [kind-public_administration] pubblica amministrazione
    [kind-plan] piano
    [kind-extra_mailbox] GB aggiuntivi di casella
    [kind-extra_archive] GB aggiuntivi di archivio
    [kind-kit] kit di firma digitale
    [kind-shipping] spedizione
    [language-it] italiano
    [language-en] inglese
    [message-automatic-renewal-switched] rinnovo automatico attivato o disattivato
    [message-invoice-issued] fattura emessa
    [message-order-cancelled] ordine annullato
    [message-order-expired] ordine scaduto
    [message-order-expiring] ordine che sta per scadere
    [message-order-method-changed] altra modalità di pagamento
    [message-order-placed] conferma dell'ordine
    [message-order-undecided] conferma dell'ordine, IVA da decidere
    [message-order-vat-decided] decisione sull'IVA
    [message-order-withdrawn] ricevuta del recesso
    [message-payment-card-over] pagamento annunciato, chiuso
    [message-payment-not-arrived] pagamento annunciato, non arrivato
    [message-payment-partial] pagamento parziale
    [message-payment-promised] pagamento annunciato
    [message-renewal-completed] rinnovo completato
    [message-renewal-decided] decisione sul rinnovo
    [message-space-filling] spazio che si riempie
    [message-reminder-renew] promemoria del rinnovo
    [message-reminder-awaiting-payment] promemoria di un ordine da pagare
    [message-reminder-awaiting-decision] promemoria di un ordine in attesa dell'IVA
    [message-reminder-automatic] comunicazione del rinnovo automatico
    [message-reminder-not-charged] promemoria di un addebito mancato
    [message-reminder-not-renewing] promemoria di una casella da non rinnovare
    [message-reminder-own-domain] promemoria di una casella su dominio proprio
    [message-reminder-deleted] messaggio sulla casella cancellata
    [method-bank_transfer] bonifico bancario
    [method-instant_transfer] bonifico istantaneo
    [method-card] carta
    [method-paypal] PayPal
    [method-slip_preprinted] bollettino postale premarcato
    [method-slip_ordinary] bollettino postale
    [method-pa_transfer] bonifico della pubblica amministrazione
    [movement-registered] registrato
    [movement-reversed] tornato indietro
    [movement-assigned] assegnato all'ordine
    [movement-released] spostato su un altro ordine
    [movement-allotted] ripartito da un pagamento cumulativo
    [notice_by-chat] chat
    [notice_by-mail] email
    [outcome-sent] inviato
    [outcome-unreachable] non recapitabile
    [outcome-unknown] esito ignoto
    [outcome-failed] non riuscito
    [outcome-completed] l'ordine è completato
    [outcome-partial] l'ordine è pagato in parte
    [outcome-duplicate_payment] pagamento in più, da restituire
    [outcome-review] da esaminare
    [outcome-reversed] tornato indietro
    [reason-unknown_order] nessun ordine indicato
    [reason-several_orders] più ordini indicati
    [reason-collective_changed] un ordine del pagamento cumulativo non c'è più
    [reason-other_currency] altra valuta
    [reason-order_cancelled] ordine annullato
    [reason-order_undecided] IVA ancora da decidere
    [reason-order_expired] ordine scaduto
    [reason-order_withdrawn] ordine da cui si è receduto
    [reason-mailbox_deleted] casella cancellata
    [reason-surplus] più del dovuto
    [reason-told_twice] probabilmente detto due volte
    [reason-duplicate] ordine già pagato
    [reason-after_reversal] dopo uno storno
    [reason-reversed] tornato indietro
    [reason-contradicted] comunicazione contraddittoria
    [reason-reversal_unfit] storno superiore al pagamento
    [reason-retention] fine del periodo di conservazione
    [reason-deletion_on_request] cancellazione richiesta
    [request-own_data] copia dei propri dati
    [request-data_by_the_operator] copia dei dati, dal gestore
    [request-deletion_of_the_chat] cancellazione dei dati della chat
    [request-deletion_of_the_customer] cancellazione dei dati del cliente
    [screen-renewalstates_placed] conferma dell'ordine
    [switched-on] attivato
    [switched-off] disattivato
    [switched-way] altro canale per le comunicazioni
    [treatment-charged] IVA addebitata
    [treatment-open] da decidere
    [treatment-without] IVA non addebitata
   *[other] { $value }
}
evidence-file = prove-{ $name }.pdf
evidence-caption = Le prove dell'ordine <b>{ $name }</b>: che cosa è stato mostrato, accettato, pagato, e quando.
evidence-button = Invia le prove
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

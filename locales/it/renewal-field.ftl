### La finestra che chiede un dato.

renewal-field =
    <b>{ $label }</b>

    { $question }
renewal-field-now = Adesso: <b>{ $value }</b>
renewal-read-as = { $label }: letto come <b>{ $value }</b>
renewal-field-optional = Non è obbligatorio: puoi anche lasciarlo vuoto.
renewal-field-leave-empty = Lascia vuoto
renewal-address-keep = Lascia com'è
renewal-address-rest = Basta così
renewal-address-number = Numero civico
renewal-address-number-hint = Scrivi il numero civico di <b>{ $street }</b>, per esempio <code>12/A</code>. Vale anche l'indirizzo scritto da capo.
renewal-address-no-number = Senza numero (snc)
renewal-field-text-only = La risposta va scritta in un messaggio: foto, audio e altri allegati qui non si possono leggere.
renewal-field-too-early = L'ultimo messaggio è arrivato prima di questa domanda e non è stato usato.
renewal-field-command = Questo comando non esiste. Qui si scrive il dato richiesto, oppure si torna indietro con il pulsante.

## Che cosa scrivere

renewal-field-hint-first-name = Scrivi il nome come sul documento di identità, per esempio <code>{ $example }</code>.
renewal-field-hint-last-name = Scrivi il cognome come sul documento di identità, per esempio <code>{ $example }</code>.
renewal-field-hint-tax-code = Scrivi i 16 caratteri del codice fiscale della persona: sono sulla tessera sanitaria.
renewal-field-hint-email = Scrivi l'indirizzo email della persona a cui si intesta il kit: il suo, personale. Per esempio <code>{ $example }</code>.
renewal-field-hint-mobile = Scrivi il cellulare della persona a cui si intesta il kit: il suo, personale. Per esempio <code>{ $example }</code>.
renewal-field-hint-name = Scrivi il nome della persona o dell'ufficio che riceve il pacco, per esempio <code>{ $example }</code>.
renewal-field-hint-legal-rep = Scrivi nome e cognome del rappresentante legale, per esempio <code>{ $example }</code>.
renewal-field-hint-street =
    { $italian ->
        [true] Scrivi via e numero civico, per esempio <code>{ $example }</code>. Se il numero non c'è, aggiungi «snc». Va bene anche l'indirizzo intero, con CAP, comune e provincia.
       *[false] Scrivi via e numero, per esempio <code>{ $example }</code>.
    }
renewal-field-hint-postcode =
    { $italian ->
        [true] Scrivi le 5 cifre del CAP, per esempio <code>{ $example }</code>.
       *[false] Scrivi il codice postale, per esempio <code>{ $example }</code>.
    }
renewal-field-hint-town = Scrivi il comune, per esempio <code>{ $example }</code>.
renewal-field-hint-province =
    { $italian ->
        [true] Scrivi la sigla o il nome della provincia, per esempio <code>{ $example }</code>.
       *[false] Scrivi la provincia o la regione, se c'è.
    }
renewal-field-hint-country =
    Scrivi il Paese, o la sua sigla di due lettere, per esempio <code>{ $example }</code>. Con un altro Paese cambiano anche le regole per CAP, provincia e fattura.
renewal-field-hint-phone = Scrivi il numero di telefono, per esempio <code>{ $example }</code>.
renewal-field-hint-reference-email = Scrivi l'indirizzo email che riceve i promemoria: meglio uno ordinario, non la PEC che scade. Per esempio <code>{ $example }</code>.
renewal-field-hint-recipient-code =
    { $public ->
        [true] Scrivi i 6 caratteri del codice univoco ufficio, per esempio <code>{ $example }</code>. Si trova sull'Indice PA.
       *[false] Scrivi i 7 caratteri del codice destinatario, per esempio <code>{ $example }</code>.
    }
renewal-field-hint-recipient-pec = Scrivi l'indirizzo PEC che riceve le fatture, per esempio <code>{ $example }</code>.
renewal-field-hint-cig = Scrivi i 10 caratteri del CIG, il codice della gara, per esempio <code>{ $example }</code>.
renewal-field-hint-cup = Scrivi i 15 caratteri del CUP, il codice del progetto, per esempio <code>{ $example }</code>.

## Il proprio numero, con un pulsante

own-number-button = Condividi il mio numero
own-number-share = Condividi il mio numero
own-number-how = Il pulsante al posto della tastiera manda il numero di questo account Telegram. Si può anche scriverne un altro.
own-number-done = Il pulsante per il numero non serve più.
own-number-foreign = Questo è il contatto di qualcun altro: con il pulsante si condivide solo il proprio numero. Un altro numero va scritto.

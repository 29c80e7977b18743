### Dati intestatario: la scheda, le modifiche, la fattura elettronica.

renewal-registrant =
    <b>Dati dell'intestatario</b>
    { $kind }
    { $card }{ $complete ->
        [true] {""}
       *[false] {"\u000A"}I dati segnalati vanno sistemati prima di confermare.
    }
renewal-registrant-address = Indirizzo: { $address }
renewal-registrant-invoice =
    Fattura elettronica: { $way ->
        [code] { $route } { $code }
        [office] { $route } { $code }
        [foreign] { $route } { $code }
        [pec] { $route } { $pec } (codice { $code })
       *[other] { $route }
    }
renewal-registrant-locked-problem =
    Nome, denominazione, codice fiscale e partita IVA non si possono correggere qui. Per una svista risponde { $operator }, { $email }; se il titolare è un altro serve il cambio titolare.
renewal-registrant-changed = Nel frattempo i dati in archivio sono cambiati: vanno ricontrollati prima di confermare.
renewal-registrant-confirm = Confermo i dati
renewal-registrant-edit = Modifica
renewal-registrant-invoice-button = Fattura
renewal-registrant-holder-change = Cambio titolare

## Le righe delle schede

renewal-card-line = { $label }: { $value }
renewal-card-missing = { $label }: <b>manca</b>
renewal-card-problem = ↳ { $problem }
renewal-form-fill = Inserisci i dati
renewal-form-complete = Completa o correggi i dati

## Le modifiche

renewal-registrant-fields =
    <b>Modifica dei dati</b>

    Qui non si cambiano { LIST($locked) }: per questi serve il cambio titolare, che è un'altra procedura.

## La fattura elettronica

renewal-recipient-choice =
    <b>Fattura elettronica</b>

    <b>Codice destinatario</b>: 7 caratteri, li conosce chi riceve le fatture per conto del titolare (commercialista o programma di fatturazione).

    <b>PEC</b>: la fattura arriva a un indirizzo PEC, e il codice diventa { $no_code }.

    <b>Nessun recapito</b>: la fattura resta sul sito dell'Agenzia delle Entrate, nell'area riservata del titolare.
renewal-recipient-office =
    <b>Fattura elettronica</b>

    La fattura va all'ufficio del codice univoco. CIG e CUP si scrivono solo se ci sono.

    Con lo <b>split payment</b> (scissione dei pagamenti) è l'ente a versare l'IVA allo Stato{ $authorised ->
        [true] : si paga il solo imponibile, <b>{ MONEY($net) }</b> invece di { MONEY($total) }.
       *[false] . L'autorizzazione nota è finita { ARTICLE("il", $until) }{ DATE($until) }: si può dichiarare, ma si paga l'intero totale, finché { $operator } non conferma altro.
    }
renewal-recipient-foreign =
    <b>Fattura elettronica</b>

    Il titolare è fuori dall'Italia: il codice sulla fattura è <b>{ $foreign_code }</b> e non c'è nulla da scegliere.
renewal-recipient-none =
    <b>Fattura elettronica</b>

    Per una persona fisica non serve un recapito: la fattura si trova sul sito dell'Agenzia delle Entrate.
renewal-recipient-label-code = Codice destinatario
renewal-recipient-label-pec = PEC
renewal-recipient-label-none = Nessun recapito
renewal-recipient-label-office = Codice univoco ufficio
renewal-recipient-split-label = Split payment

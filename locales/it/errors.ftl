### Perché un dato non va, e come si scrive.
### $value è il valore come è stato capito, $example un valore che andrebbe bene.

error-required = Questo dato è obbligatorio. Esempio: <code>{ $example }</code>.
error-too-long = <b>{ $value }</b> è troppo lungo. Scrivilo più corto, per esempio <code>{ $example }</code>.
error-letters-missing = In <b>{ $value }</b> non ci sono lettere. Scrivi il nome per intero, come <code>{ $example }</code>.
error-name-characters = <b>{ $value }</b> contiene caratteri che in un nome non possono stare: <code>{ $odd }</code>. Usa solo lettere, spazi, apostrofi, trattini e punti, come <code>{ $example }</code>.
error-text-characters = <b>{ $value }</b> contiene caratteri che in fattura non si possono scrivere: <code>{ $odd }</code>. Usa lettere, anche accentate, cifre e punteggiatura, come <code>{ $example }</code>.

## Codice fiscale e partita IVA

error-tax-code-length = <b>{ $value }</b> non ha la lunghezza giusta: il codice fiscale di una persona ha 16 caratteri, come <code>{ $example }</code>, oppure 11 cifre se è provvisorio. Si trova sulla tessera sanitaria.
error-tax-code-final-length = <b>{ $value }</b> non ha la lunghezza giusta: per il certificato di firma serve il codice fiscale definitivo, di 16 caratteri, come <code>{ $example }</code>. Uno provvisorio, di 11 cifre, non basta.
error-tax-code-format = <b>{ $value }</b> non è un codice fiscale valido: lettere e cifre non sono al posto giusto. Attenzione a O e 0, I e 1. Controlla sulla tessera sanitaria e scrivilo di nuovo, come <code>{ $example }</code>.
error-tax-code-date = <b>{ $value }</b> non è un codice fiscale valido: contiene una data di nascita che non esiste. Controlla sulla tessera sanitaria e scrivilo di nuovo, come <code>{ $example }</code>.
error-tax-code-check = <b>{ $value }</b> non è un codice fiscale valido: l'ultimo carattere non torna. Controlla sulla tessera sanitaria e scrivilo di nuovo.
error-tax-code-provisional-check = <b>{ $value }</b> ha 11 cifre, come un codice fiscale provvisorio, ma l'ultima non torna. Controlla sul documento che lo attribuisce e scrivilo di nuovo.
error-tax-code-company-digits = <b>{ $value }</b> non è il codice fiscale di un'organizzazione: servono 11 cifre, come <code>{ $example }</code>. Si trova sulla visura camerale o sul certificato di attribuzione.
error-tax-code-company-check = <b>{ $value }</b> non è un codice fiscale valido: l'ultima cifra non torna. Controlla sulla visura camerale o sul certificato di attribuzione.
error-tax-code-foreign = <b>{ $value }</b> non può essere un codice fiscale estero: servono da 2 a 20 lettere e cifre, come <code>{ $example }</code>.
error-vat-format = <b>{ $value }</b> non è una partita IVA: servono 11 cifre, anche precedute da IT, come <code>{ $example }</code>.
error-vat-check = <b>{ $value }</b> non è una partita IVA valida: le cifre non tornano tra loro. Controlla sul certificato di attribuzione o su una fattura.
error-vat-foreign = <b>{ $value }</b> non ha la forma di una partita IVA del Paese indicato. Controlla il numero e il Paese.

## Indirizzo

error-street-number-missing = In <b>{ $value }</b> manca il numero civico. Scrivi via e numero, come <code>{ $example }</code>; se il numero non c'è, aggiungi «snc».
error-postcode-format = <b>{ $value }</b> non è un CAP italiano: servono 5 cifre, come <code>{ $example }</code>.
error-postcode-foreign = <b>{ $value }</b> non può essere un codice postale: servono al massimo 10 caratteri tra lettere, cifre, spazi e trattini, come <code>{ $example }</code>.
error-province-unknown = <b>{ $value }</b> non è una provincia italiana. Scrivi il nome o la sigla di due lettere, come <code>{ $example }</code>.
error-country-unknown = <b>{ $value }</b> non è tra i Paesi conosciuti. Scrivi la sigla di due lettere, come <code>{ $example }</code>.

## Recapiti

error-phone-invalid = <b>{ $value }</b> non è un numero di telefono valido. Scrivi un solo numero, con il prefisso, come <code>{ $example }</code>.
error-phone-not-international = Il prefisso internazionale di <b>{ $value }</b> manca o non esiste. Scrivi il numero con + e il prefisso del Paese, come <code>{ $example }</code>.
error-phone-not-mobile = <b>{ $value }</b> non è un numero di cellulare. Serve il cellulare personale di chi userà la firma, come <code>{ $example }</code>.
error-email-syntax = <b>{ $value }</b> non è un indirizzo email valido. Scrivilo per intero, senza spazi, come <code>{ $example }</code>.
error-email-leading-dot = <b>{ $value }</b> comincia con un punto, e nessun indirizzo email comincia così: forse manca qualcosa prima. Scrivilo per intero, come <code>{ $example }</code>.
error-email-local-length = <b>{ $value }</b> ha più di 64 caratteri prima della chiocciola: nessun server di posta lo accetta. Scrivi un altro indirizzo, come <code>{ $example }</code>.

## Fattura elettronica

error-recipient-code-format = <b>{ $value }</b> non è un codice destinatario valido: servono 7 caratteri tra lettere e cifre, come <code>{ $example }</code>. Lo comunica chi riceve le fatture per conto del titolare.
error-office-code-format = <b>{ $value }</b> non è un codice univoco ufficio valido: servono 6 caratteri tra lettere e cifre, come <code>{ $example }</code>. Si trova sull'Indice PA.
error-cig-format = <b>{ $value }</b> non è un CIG valido: servono 10 caratteri tra lettere e cifre, come <code>{ $example }</code>.
error-cup-format = <b>{ $value }</b> non è un CUP valido: servono 15 caratteri, il primo è una lettera, come <code>{ $example }</code>.
error-yes-or-no = <b>{ $value }</b> non è una risposta chiara. Scrivi <code>sì</code> o <code>no</code>.

## Avvertenze: si può continuare lo stesso

caution-email-is-expiring-pec = <b>{ $value }</b> è una casella PEC da rinnovare: se non si rinnova in tempo, anche i promemoria restano lì. Meglio un indirizzo email ordinario.
caution-tax-code-name-mismatch = Il codice fiscale <b>{ $value }</b> non sembra corrispondere a nome e cognome. Se i dati sono giusti, si può continuare.
caution-tax-code-provisional = <b>{ $value }</b> è letto come codice fiscale provvisorio, di 11 cifre: nome e nascita non si possono controllare. Quando arriva quello definitivo, va comunicato al gestore.
caution-postcode-elsewhere = Il CAP <b>{ $value }</b> è di un'altra provincia: conviene ricontrollare CAP e provincia. Se sono giusti, si può continuare.
caution-tax-code-is-vat-number = <b>{ $value }</b> è anche la partita IVA: il codice fiscale di una persona ha 16 caratteri. Se è provvisorio, ha 11 cifre ma è un altro numero.

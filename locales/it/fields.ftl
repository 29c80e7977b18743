### Come si chiamano i dati dell'intestatario, del kit e della spedizione.

field-first-name = nome
field-last-name = cognome
field-business-name = denominazione
field-tax-code = codice fiscale
field-vat-number = partita IVA
field-legal-rep = rappresentante legale
field-street = indirizzo e numero civico
field-postcode = CAP
field-town = comune
field-province = provincia
field-country = Paese
field-phone = telefono
field-reference-email = indirizzo email di riferimento
field-recipient-code = codice destinatario
field-office-code = codice univoco ufficio
field-recipient-pec = PEC per le fatture
field-cig = CIG
field-cup = CUP
field-split-payment = scissione dei pagamenti
field-email = email personale
field-mobile = cellulare personale
field-name = destinatario

## Sui pulsanti, dove due stanno in una riga

field-short-street = indirizzo
field-short-tax-code = codice fiscale
field-short-email = email
field-short-mobile = cellulare
field-short-reference-email = email
field-short-legal-rep = rappresentante

## Categorie di titolare

kind-natural-person = persona fisica
kind-sole-trader = ditta individuale
kind-freelancer = libero professionista
kind-company = società
kind-association = associazione o ente
kind-public-administration = pubblica amministrazione

## Recapito della fattura elettronica

route-code = codice destinatario
route-pec = indirizzo PEC
route-none = sul sito dell'Agenzia delle Entrate, senza recapito
route-foreign = titolare fuori dall'Italia, codice
route-office = codice univoco ufficio

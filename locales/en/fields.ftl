### What the details of the holder, of the kit and of the shipping are called.

field-first-name = first name
field-last-name = surname
field-business-name = business name
field-tax-code = tax code (codice fiscale)
field-vat-number = VAT number (partita IVA)
field-legal-rep = legal representative
field-street = street and number
field-postcode = postcode
field-town = town
field-province = province
field-country = country
field-phone = phone
field-reference-email = reference e-mail
field-recipient-code = recipient code (codice destinatario)
field-office-code = office code (codice univoco ufficio)
field-recipient-pec = PEC address for invoices
field-cig = CIG
field-cup = CUP
field-split-payment = split payment
field-email = personal e-mail
field-mobile = personal mobile
field-name = addressee

## On buttons, where two share a row

field-short-street = address
field-short-tax-code = tax code
field-short-email = e-mail
field-short-mobile = mobile
field-short-reference-email = e-mail
field-short-legal-rep = representative

## Categories of holder

kind-natural-person = natural person
kind-sole-trader = sole trader
kind-freelancer = freelancer
kind-company = company
kind-association = association or body
kind-public-administration = public administration

## Where the electronic invoice goes

route-code = recipient code (codice destinatario)
route-pec = PEC address
route-none = on the tax agency's site, with no recipient
route-foreign = holder outside Italy, code
route-office = office code (codice univoco ufficio)

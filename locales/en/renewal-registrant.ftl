### Registrant details: the card, the changes, the electronic invoice.

renewal-registrant =
    <b>Registrant details</b>
    { $kind }
    { $card }{ $complete ->
        [true] {""}
       *[false] {"\u000A"}What is marked has to be put right before the details can be confirmed.
    }
renewal-registrant-address = Address: { $address }
renewal-registrant-invoice =
    Electronic invoice: { $way ->
        [code] { $route } { $code }
        [office] { $route } { $code }
        [foreign] { $route } { $code }
        [pec] { $route } { $pec } (code { $code })
       *[other] { $route }
    }
renewal-registrant-locked-problem =
    Name, business name, tax code and VAT number cannot be corrected here. If it is a slip, { $operator } can help: { $email }; if the holder is somebody else, a change of holder is needed.
renewal-registrant-changed = The details on file have changed in the meantime: check them again before you confirm.
renewal-registrant-confirm = These details are right
renewal-registrant-edit = Change
renewal-registrant-invoice-button = Invoice
renewal-registrant-holder-change = Change of holder

## The lines of the cards

renewal-card-line = { $label }: { $value }
renewal-card-missing = { $label }: <b>missing</b>
renewal-card-problem = ↳ { $problem }
renewal-form-fill = Enter the details
renewal-form-complete = Complete or correct details

## The changes

renewal-registrant-fields =
    <b>Changing the details</b>

    These cannot be changed here: { LIST($locked) }. They need a change of holder, which is another procedure.

## The electronic invoice

renewal-recipient-choice =
    <b>Electronic invoice</b>

    <b>Recipient code</b> (codice destinatario): 7 characters, known to whoever receives the holder's invoices, such as an accountant or an invoicing service.

    <b>PEC</b>: the invoice goes to a PEC address, and the code becomes { $no_code }.

    <b>No recipient</b>: the invoice stays on the tax agency's site, in the holder's private area.
renewal-recipient-office =
    <b>Electronic invoice</b>

    The invoice goes to the office of the office code (codice univoco ufficio). CIG and CUP are written only where there are any.

    With <b>split payment</b> the public body itself pays the VAT to the State{ $authorised ->
        [true] : only the taxable amount is due, <b>{ MONEY($net) }</b> instead of { MONEY($total) }.
       *[false] . The last authorisation known ended on { DATE($until) }: it can be declared, but the whole total is due unless { $operator } confirms otherwise.
    }
renewal-recipient-foreign =
    <b>Electronic invoice</b>

    The holder is outside Italy: the code on the invoice is always <b>{ $foreign_code }</b>, and there is nothing to choose.
renewal-recipient-none =
    <b>Electronic invoice</b>

    A natural person needs no recipient: the invoice is on the tax agency's site.
renewal-recipient-label-code = Recipient code
renewal-recipient-label-pec = PEC
renewal-recipient-label-none = No recipient
renewal-recipient-label-office = Office code
renewal-recipient-split-label = Split payment

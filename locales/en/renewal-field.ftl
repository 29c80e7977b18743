### The window that asks one detail.

renewal-field =
    <b>{ $label }</b>

    { $question }
renewal-field-now = Now: <b>{ $value }</b>
renewal-read-as = { $label }: read as <b>{ $value }</b>
renewal-field-optional = This is not required: it can be left empty.
renewal-field-leave-empty = Leave empty
renewal-field-text-only = The answer has to be written in a message: pictures, voice messages and other attachments cannot be read here.
renewal-field-too-early = Your last message came before this question and was not used.
renewal-field-command = There is no such command. Write the detail asked for here, or go back with the button.

## What to write

renewal-field-hint-first-name = Write the first name as on the identity document, for example <code>{ $example }</code>.
renewal-field-hint-last-name = Write the surname as on the identity document, for example <code>{ $example }</code>.
renewal-field-hint-tax-code = Write the 16 characters of the person's Italian tax code (codice fiscale): they are on the Italian health card.
renewal-field-hint-email = Write the e-mail address of the person the kit is for: their own. For example <code>{ $example }</code>.
renewal-field-hint-mobile = Write the mobile number of the person the kit is for: their own. For example <code>{ $example }</code>.
renewal-field-hint-name = Write the person or the office that receives the parcel, for example <code>{ $example }</code>.
renewal-field-hint-legal-rep = Write first name and surname of the legal representative, for example <code>{ $example }</code>.
renewal-field-hint-street =
    { $italian ->
        [true] Write street and number, for example <code>{ $example }</code>. If there is no number, add “snc”.
       *[false] Write street and number, for example <code>{ $example }</code>.
    }
renewal-field-hint-postcode =
    { $italian ->
        [true] Write the 5 digits of the postcode, for example <code>{ $example }</code>.
       *[false] Write the postcode, for example <code>{ $example }</code>.
    }
renewal-field-hint-town = Write the town, for example <code>{ $example }</code>.
renewal-field-hint-province =
    { $italian ->
        [true] Write the province or its two letters, for example <code>{ $example }</code>.
       *[false] Write the province or region, if there is one.
    }
renewal-field-hint-country =
    Write the country or its two-letter code, for example <code>{ $example }</code>. Another country also has other rules for postcode, province and invoice.
renewal-field-hint-phone = Write the phone number, for example <code>{ $example }</code>.
renewal-field-hint-reference-email = Write the e-mail address that receives the notices: better an ordinary one, not the PEC that expires. For example <code>{ $example }</code>.
renewal-field-hint-recipient-code =
    { $public ->
        [true] Write the 6 characters of the office code (codice univoco ufficio), for example <code>{ $example }</code>. It is listed in the Indice PA.
       *[false] Write the 7 characters of the recipient code (codice destinatario), for example <code>{ $example }</code>.
    }
renewal-field-hint-recipient-pec = Write the PEC address that receives the invoices, for example <code>{ $example }</code>.
renewal-field-hint-cig = Write the 10 characters of the CIG, the code of the tender, for example <code>{ $example }</code>.
renewal-field-hint-cup = Write the 15 characters of the CUP, the code of the project, for example <code>{ $example }</code>.

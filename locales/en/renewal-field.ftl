### The window that asks one detail.

renewal-field =
    <b>{ $label }</b>

    { $question }
renewal-field-now = Now: <b>{ $value }</b>
renewal-read-as = { $label }: read as <b>{ $value }</b>
renewal-field-optional = This is not required: it can be left empty.
renewal-field-leave-empty = Leave empty
renewal-address-keep = Keep it
renewal-address-rest = Keep the rest
renewal-address-number = Street number
renewal-address-number-hint = Enter the number in <b>{ $street }</b>, for example <code>12/A</code>. You can also type the street anew.
renewal-address-no-number = No number (snc)
renewal-field-text-only = The answer has to be typed in a message: pictures, voice messages and other attachments cannot be read here.
renewal-field-too-early = Your last message came before this question and was not used.
renewal-field-command = There is no such command. Enter the detail asked for here, or go back with the button.

## What to type

renewal-field-hint-first-name = Enter the first name as on the identity document, for example <code>{ $example }</code>.
renewal-field-hint-last-name = Enter the surname as on the identity document, for example <code>{ $example }</code>.
renewal-field-hint-tax-code = Enter the 16 characters of the person's Italian tax code (codice fiscale): they are on the Italian health card.
renewal-field-hint-email = Enter the e-mail address of the person the kit is for: their own. For example <code>{ $example }</code>.
renewal-field-hint-mobile = Enter the mobile number of the person the kit is for: their own. For example <code>{ $example }</code>.
renewal-field-hint-name = Enter the person or the office that receives the parcel, for example <code>{ $example }</code>.
renewal-field-hint-legal-rep = Enter first name and surname of the legal representative, for example <code>{ $example }</code>.
renewal-field-hint-street =
    { $italian ->
        [true] Enter street and number, for example <code>{ $example }</code>. If there is no number, add “snc”. The whole address will do too, with postcode, town and province.
       *[false] Enter street and number, for example <code>{ $example }</code>.
    }
renewal-field-hint-postcode =
    { $italian ->
        [true] Enter the 5 digits of the postcode, for example <code>{ $example }</code>.
       *[false] Enter the postcode, for example <code>{ $example }</code>.
    }
renewal-field-hint-town = Enter the town, for example <code>{ $example }</code>.
renewal-field-hint-province =
    { $italian ->
        [true] Enter the province or its two letters, for example <code>{ $example }</code>.
       *[false] Enter the province or region, if there is one.
    }
renewal-field-hint-country =
    Enter the country or its two-letter code, for example <code>{ $example }</code>. Another country also has other rules for postcode, province and invoice.
renewal-field-hint-phone = Enter the phone number, for example <code>{ $example }</code>.
renewal-field-hint-reference-email = Enter the e-mail address that receives the reminders: better an ordinary one, not the PEC that expires. For example <code>{ $example }</code>.
renewal-field-hint-recipient-code =
    { $public ->
        [true] Enter the 6 characters of the office code (codice univoco ufficio), for example <code>{ $example }</code>. It is listed in the Indice PA.
       *[false] Enter the 7 characters of the recipient code (codice destinatario), for example <code>{ $example }</code>.
    }
renewal-field-hint-recipient-pec = Enter the PEC address that receives the invoices, for example <code>{ $example }</code>.
renewal-field-hint-cig = Enter the 10 characters of the CIG, the code of the tender, for example <code>{ $example }</code>.
renewal-field-hint-cup = Enter the 15 characters of the CUP, the code of the project, for example <code>{ $example }</code>.

## One's own number, with a button

own-number-button = Share my number
own-number-share = Share my number
own-number-how = The button in place of the keyboard sends the number of this Telegram account. You can also type another one.
own-number-done = The button for the number is no longer needed.
own-number-foreign = This is the contact of someone else: the button shares only your own number. Type any other number.

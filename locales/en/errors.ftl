### Why a value is not accepted, and how to write it.
### $value is the value as it was understood, $example one that would do.

error-required = This is required. Example: <code>{ $example }</code>.
error-too-long = <b>{ $value }</b> is too long. Make it shorter, for example <code>{ $example }</code>.
error-letters-missing = There are no letters in <b>{ $value }</b>. Type the full name, such as <code>{ $example }</code>.
error-name-characters = <b>{ $value }</b> has characters that cannot be in a name: <code>{ $odd }</code>. Use only letters, spaces, apostrophes, hyphens and full stops, as in <code>{ $example }</code>.
error-text-characters = <b>{ $value }</b> has characters that an invoice cannot carry: <code>{ $odd }</code>. Use letters, accented ones too, digits and punctuation, as in <code>{ $example }</code>.

## Tax code and VAT number

error-tax-code-length = <b>{ $value }</b> is not the right length: a person's tax code (codice fiscale) has 16 characters, such as <code>{ $example }</code>, or 11 digits while it is provisional. It is on the Italian health card.
error-tax-code-final-length = <b>{ $value }</b> is not the right length: the signature certificate needs the final tax code (codice fiscale), of 16 characters, such as <code>{ $example }</code>. A provisional one, of 11 digits, is not enough.
error-tax-code-format = <b>{ $value }</b> is not a valid tax code (codice fiscale): letters and digits are not in the right places. Mind O and 0, I and 1. Check the health card and type it again, in the form of <code>{ $example }</code>.
error-tax-code-date = <b>{ $value }</b> is not a valid tax code (codice fiscale): the date of birth in it does not exist. Check the health card and type it again, in the form of <code>{ $example }</code>.
error-tax-code-check = <b>{ $value }</b> is not a valid tax code (codice fiscale): the last character does not match. Check the health card and type it again.
error-tax-code-provisional-check = <b>{ $value }</b> has 11 digits, as a provisional tax code has, but the last one is wrong. Check the document that assigned it and enter it again.
error-tax-code-company-digits = <b>{ $value }</b> is not the tax code (codice fiscale) of an organisation: it takes 11 digits, such as <code>{ $example }</code>. It is in the company register or on the certificate of assignment.
error-tax-code-company-check = <b>{ $value }</b> is not a valid tax code (codice fiscale): the last digit does not match. Check the company register or the certificate of assignment.
error-tax-code-foreign = <b>{ $value }</b> cannot be a foreign tax code: it takes 2 to 20 letters and digits, such as <code>{ $example }</code>.
error-vat-format = <b>{ $value }</b> is not an Italian VAT number (partita IVA): it takes 11 digits, with or without IT, such as <code>{ $example }</code>.
error-vat-check = <b>{ $value }</b> is not a valid VAT number (partita IVA): the digits do not match each other. Check the certificate of assignment or an invoice.
error-vat-foreign = <b>{ $value }</b> does not look like a VAT number of the country given. Check the number and the country.

## Address

error-street-number-missing = The house number is missing in <b>{ $value }</b>. Type street and number, such as <code>{ $example }</code>; if there is none, add “snc”.
error-postcode-format = <b>{ $value }</b> is not an Italian postcode: it takes 5 digits, such as <code>{ $example }</code>.
error-postcode-foreign = <b>{ $value }</b> cannot be a postcode: it takes up to 10 letters, digits, spaces and hyphens, such as <code>{ $example }</code>.
error-province-unknown = <b>{ $value }</b> is not an Italian province. Type its name or its two letters, such as <code>{ $example }</code>.
error-country-unknown = <b>{ $value }</b> is not a known country. Type its two-letter code, such as <code>{ $example }</code>.

## Contacts

error-phone-invalid = <b>{ $value }</b> is not a valid phone number. Type one number only, with its prefix, such as <code>{ $example }</code>.
error-phone-not-international = The international prefix of <b>{ $value }</b> is missing or does not exist. Type the number with + and the country's prefix, such as <code>{ $example }</code>.
error-phone-not-mobile = <b>{ $value }</b> is not a mobile number. It has to be the personal mobile of whoever will sign, such as <code>{ $example }</code>.
error-email-syntax = <b>{ $value }</b> is not a valid e-mail address. Type it in full, without spaces, such as <code>{ $example }</code>.
error-email-leading-dot = <b>{ $value }</b> begins with a dot, and no e-mail address does: something before it may be missing. Enter it in full, such as <code>{ $example }</code>.
error-email-local-length = <b>{ $value }</b> has more than 64 characters before the @: no mail server takes it. Enter another address, such as <code>{ $example }</code>.

## Electronic invoice

error-recipient-code-format = <b>{ $value }</b> is not a valid recipient code (codice destinatario): it takes 7 letters and digits, such as <code>{ $example }</code>. Whoever receives the holder's invoices knows it.
error-office-code-format = <b>{ $value }</b> is not a valid office code (codice univoco ufficio): it takes 6 letters and digits, such as <code>{ $example }</code>. It is listed in the Indice PA.
error-cig-format = <b>{ $value }</b> is not a valid CIG: it takes 10 letters and digits, such as <code>{ $example }</code>.
error-cup-format = <b>{ $value }</b> is not a valid CUP: it takes 15 characters, the first a letter, such as <code>{ $example }</code>.
error-yes-or-no = <b>{ $value }</b> is not a clear answer. Type <code>yes</code> or <code>no</code>.

## Cautions: it is possible to go on all the same

caution-email-is-expiring-pec = <b>{ $value }</b> is a PEC mailbox that is being renewed: if it is not renewed in time, the reminders stay in there too. An ordinary e-mail address is better.
caution-tax-code-name-mismatch = The tax code <b>{ $value }</b> does not seem to match the name and surname. If the details are right, it is possible to go on.
caution-tax-code-provisional = <b>{ $value }</b> is read as a provisional tax code of 11 digits: name and birth cannot be checked against it. Once the final one arrives, tell the operator.
caution-postcode-elsewhere = The postcode <b>{ $value }</b> is in another province: check postcode and province. If they are right, it is possible to go on.
caution-tax-code-is-vat-number = <b>{ $value }</b> is the VAT number as well: a person's tax code has 16 characters. A provisional one has 11 digits, but it is a different number.

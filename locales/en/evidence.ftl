### The evidence of an order or of a mailbox, as a document: for a person, and inside it for a program.

evidence-title = { $subject ->
    [order] Evidence of order { $name }
   *[mailbox] Messages about { $name }
}
evidence-made = Made on { LONGDATE($at) } at { TIME($at) } { ZONE($at) }, by { $operator }. { $count ->
    [one] It has one record.
   *[other] It has { $count } records.
}
evidence-what =
    Each record was written at the moment that it names, with a digest that depends on all those before it: if a single one were changed, taken out or moved, the digests would no longer fit. The file attached to this document holds the same records for a program. To verify them: python -m bot evidence verify, with the name of this file.
evidence-not =
    What this document does not prove: that a message handed to a mail server was read; that the key which signs each day's digests is the operator's, unless it is compared with the one that the operator received at the time; whether there are later records.
evidence-signed = The digests up to no. { $sequence } are among those signed on { DATE($day) }. Root { $root }, key { $public }.
evidence-unsigned = { $count ->
    [one] The last record is not among those signed yet: it will be at the end of the day.
   *[other] The last { $count } records are not among those signed yet: they will be at the end of the day.
}
evidence-entry = { $sequence }. { $kind ->
    [placed] Order placed
    [shown] Screen shown
    [method] Payment method changed
    [payment] Payment
    [reversal] Payment that went back
    [given_back] Decision on a payment
    [completed] Renewal completed
    [cancelled] Order cancelled
    [expired] Order expired
    [withdrawn] Withdrawal
    [vat] Decision on the VAT
    [invoiced] Invoice
    [delivered] Kit delivered
    [told] Message
    [switched] Automatic renewal
    [decided] Decision on the renewal
    [requested] Request about data
   *[erased] Content erased
}
evidence-at = { LONGDATE($at) }, { $clock } { ZONE($at) }
evidence-erased = Content erased on { DATE($on) }: { $reason }
evidence-digest = Digest { $link }
evidence-page = Page { $page }
evidence-yes = yes
evidence-no = no
evidence-label = { $label ->
    [about] about
    [accepted_at] accepted at
    [address] mailbox
    [amount] amount
    [archive] archive space
    [attempts] attempts
    [automatic_renewal] automatic renewal
    [automatic_renewal_ended] automatic renewal ended
    [became] the order is now
    [button] on the button
    [catalogue] version of the catalogue
    [channel] channel
    [charge_on] charged on
    [chat] Telegram chat
    [code] code
    [counted] counted for the order
    [currency] currency
    [decision] decision
    [delivered_on] delivered on
    [document] document
    [documents] documents accepted
    [due] to be paid
    [due_back] due back
    [early_start] start at once
    [email] receipt to
    [expires_on] expiry date
    [extra_archive_gb] extra archive GB
    [extra_mailbox_gb] extra mailbox GB
    [from] from
    [instructions] how to pay
    [issued_on] issued on
    [kind] type
    [kit] kit
    [kit_holder] holder of the kit
    [language] language
    [level] level of space
    [lines] lines of the order
    [mailboxes] mailboxes
    [mention] mention
    [message] message
    [method] payment method
    [missing] missing
    [movement] movement
    [named] payment reference
    [net] without VAT
    [new_expiry] new expiry date
    [note] note
    [notice_by] told by law through
    [number] number
    [old_expiry] old expiry date
    [old_plan] plan before
    [outcome] outcome
    [paid] paid
    [pay_by] to be paid by
    [payment] payment
    [placed_at] placed at
    [plan] plan
    [quantity] quantity
    [reason] reason
    [receipt] receipt no.
    [registered_at] received at
    [registrant] registrant details
    [reply] reply of the mail server
    [reversal] reversal
    [screen] on the screen
    [sequences] records
    [served] served already
    [shipping] shipping
    [split_payment] split payment
    [step] days from the expiry date
    [switched] automatic renewal
    [text] digest of the text
    [to] to
    [to_renew] to be renewed
    [treatment] VAT treatment
    [unit_net] unit price
    [url] address
    [vat] VAT
    [vat_percent] VAT rate
    [version] version
    [was] the order was
    [words] words
    [years] years
    [first_name] first name
    [last_name] surname
    [business_name] business name
    [tax_code] tax code (codice fiscale)
    [vat_number] VAT number (partita IVA)
    [legal_rep] legal representative
    [street] street and number
    [postcode] postcode
    [town] town
    [province] province
    [country] country
    [phone] phone
    [reference_email] reference e-mail
    [recipient_code] recipient code (codice destinatario)
    [office_code] office code (codice univoco ufficio)
    [recipient_pec] PEC address for invoices
    [mobile] personal mobile
   *[other] { $label }
}
evidence-file = evidence-{ $name }.pdf
evidence-caption = The evidence of order <b>{ $name }</b>: what was shown, accepted and paid, and when.
evidence-button = Send papers
evidence-none = No evidence was recorded for this order: it is from before it was kept like this.

## The e-mail to the operator with the signed heads of a day

mail-heads-subject = Signed evidence of { DATE($day) }, { $operator }
mail-heads-preview = Keep this e-mail outside of the bot's server.
mail-heads-title = The evidence of { DATE($day) } is signed
mail-heads-opening = { $count ->
    [0] Nothing was recorded that day, and the signature covers that, too.
    [one] The signature covers the one order or mailbox of which something was recorded.
   *[other] The signature covers the { $count } orders and mailboxes of which something was recorded.
}
mail-heads-keep = Keep this e-mail as it is, outside of the bot's server: whoever should change the database one day could not change it. To compare it with a document: <code>python -m bot evidence verify FILE --heads MAIL</code>
mail-heads-section = Signature

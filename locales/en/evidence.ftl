### The evidence of an order, of a mailbox or of a customer, as a document: for a person, and inside it for a program.

evidence-title = { $subject ->
    [order] Evidence of order { $name }
    [customer] Requests about the data of customer { $name }
   *[mailbox] Messages about { $name }
}
evidence-made = Made on { LONGDATE($at) } at { TIME($at) } { ZONE($at) }, by { $operator }. { $count ->
    [one] It has one record.
   *[other] It has { $count } records.
}
evidence-what =
    Each record was written at the moment that it names, with a digest that depends on all those before it: if a single one were changed, taken out or moved, the digests would no longer fit. The file attached to this document holds the same records for a program. To verify them: python -m bot evidence verify, with the name of this file.
evidence-not =
    What this document does not prove: that a message handed to a mail server was read; that the key which signs each day's digests is the operator's, unless it is compared with the one that the operator received at the time; whether there are later records; that the pages look as they did then, if somebody has drawn over them: the file attached is what counts.
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
evidence-at = { LONGDATE($at) }, { SECONDS($at) } { ZONE($at) }
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
    [mention] words on the invoice
    [message] message
    [method] payment method
    [missing] missing
    [movement] movement
    [named] payment reference
    [net] without VAT
    [new_expiry] new expiry date
    [note] note
    [notice_by] what the law asks is told by
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
    [step] from the expiry date
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
    [account] account
    [beneficiary] beneficiary
    [bic] BIC
    [by_mail] by e-mail alone
    [cig] CIG
    [commitment_letter] with a commitment letter
    [cup] CUP
    [holder_email] e-mail
    [iban] IBAN
    [names] payment method
    [recipient] recipient
    [request] request
    [sha256] SHA-256 digest
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
evidence-day = { DATE($on) }
evidence-moment = { DATE($at) }, { SECONDS($at) } { ZONE($at) }
evidence-percent = { PERCENT($rate) }
evidence-sum = { MONEY($cents) }
evidence-step = { $days ->
    [0] on the day
    [one] one day { $after ->
        [true] after
       *[false] before
    }
   *[other] { $days } days { $after ->
        [true] after
       *[false] before
    }
}
evidence-word = { $word ->
    [about-renew] renewal
    [about-awaiting-payment] order to be paid
    [about-awaiting-decision] decision on the VAT
    [about-automatic] automatic renewal
    [about-not-charged] charge that did not come
    [about-not-renewing] mailbox not to be renewed
    [about-own-domain] mailbox on its own domain
    [about-deleted] mailbox deleted
    [was-awaiting_decision] awaiting the decision on the VAT
    [was-awaiting_payment] awaiting payment
    [was-completed] renewal completed
    [was-cancelled] cancelled
    [was-expired] expired
    [was-withdrawn] withdrawn from
    [became-awaiting_decision] awaiting the decision on the VAT
    [became-awaiting_payment] awaiting payment
    [became-completed] renewal completed
    [became-cancelled] cancelled
    [became-expired] expired
    [became-withdrawn] withdrawn from
    [channel-telegram] Telegram
    [channel-mail] e-mail
    [decision-assigned] assigned to an order
    [decision-refunded] refunded
    [decision-settled] closed without a movement
    [document-conditions] general terms and conditions
    [document-clauses] specific approval of the onerous clauses
    [document-privacy] privacy notice
    [document-early_start] request that the service start at once
    [document-invoice] invoice
    [document-credit_note] credit note
    [kind-natural_person] natural person
    [kind-sole_trader] sole trader
    [kind-freelancer] freelancer
    [kind-company] company
    [kind-association] association or body
    [kind-public_administration] public administration
    [kind-plan] plan
    [kind-extra_mailbox] extra mailbox GB
    [kind-extra_archive] extra archive GB
    [kind-kit] digital signature kit
    [kind-shipping] shipping
    [language-it] Italian
    [language-en] English
    [message-automatic-renewal-switched] automatic renewal switched on or off
    [message-invoice-issued] invoice issued
    [message-order-cancelled] order cancelled
    [message-order-expired] order expired
    [message-order-expiring] order about to expire
    [message-order-method-changed] another payment method
    [message-order-placed] confirmation of the order
    [message-order-undecided] confirmation of the order, VAT to be decided
    [message-order-vat-decided] decision on the VAT
    [message-order-withdrawn] receipt of the withdrawal
    [message-payment-card-over] announced payment, closed
    [message-payment-not-arrived] announced payment, not received
    [message-payment-partial] part payment
    [message-payment-promised] announced payment
    [message-renewal-completed] renewal completed
    [message-renewal-decided] decision on the renewal
    [message-space-filling] space that fills up
    [message-reminder-renew] reminder of the renewal
    [message-reminder-awaiting-payment] reminder of an order to be paid
    [message-reminder-awaiting-decision] reminder of an order awaiting its VAT
    [message-reminder-automatic] what the law asks before an automatic renewal
    [message-reminder-not-charged] reminder of a charge that did not come
    [message-reminder-not-renewing] reminder of a mailbox not to be renewed
    [message-reminder-own-domain] reminder of a mailbox on its own domain
    [message-reminder-deleted] message about the mailbox deleted
    [method-bank_transfer] bank transfer
    [method-instant_transfer] instant bank transfer
    [method-card] card
    [method-paypal] PayPal
    [method-slip_preprinted] pre-printed postal payment slip
    [method-slip_ordinary] postal payment slip
    [method-pa_transfer] bank transfer of a public administration
    [movement-registered] received
    [movement-reversed] went back
    [movement-assigned] assigned to the order
    [movement-released] moved to another order
    [movement-allotted] share of a collective payment
    [notice_by-chat] chat
    [notice_by-mail] e-mail
    [outcome-sent] sent
    [outcome-unreachable] not deliverable
    [outcome-unknown] outcome unknown
    [outcome-failed] failed
    [outcome-completed] the order is completed
    [outcome-partial] the order is paid in part
    [outcome-duplicate_payment] one payment too many, to be refunded
    [outcome-review] to be looked at
    [outcome-reversed] went back
    [reason-unknown_order] no order named
    [reason-several_orders] several orders named
    [reason-collective_changed] an order of the collective payment is gone
    [reason-other_currency] another currency
    [reason-order_cancelled] order cancelled
    [reason-order_undecided] VAT still to be decided
    [reason-order_expired] order expired
    [reason-order_withdrawn] order withdrawn from
    [reason-mailbox_deleted] mailbox deleted
    [reason-surplus] more than was due
    [reason-told_twice] probably told of twice
    [reason-duplicate] order paid already
    [reason-after_reversal] after a reversal
    [reason-reversed] went back
    [reason-contradicted] contradictory report
    [reason-reversal_unfit] reversal of more than the payment
    [reason-retention] end of the retention period
    [reason-deletion_on_request] deletion on request
    [request-own_data] copy of one's own data
    [request-data_by_the_operator] copy of the data, by the operator
    [request-deletion_of_the_chat] deletion of the chat's data
    [request-deletion_of_the_customer] deletion of the customer's data
    [screen-renewalstates_placed] confirmation of the order
    [switched-on] switched on
    [switched-off] switched off
    [switched-way] another channel for what the law asks
    [treatment-charged] VAT charged
    [treatment-open] to be decided
    [treatment-without] VAT not charged
   *[other] { $value }
}
evidence-file = evidence-{ $name }.pdf
evidence-caption = The evidence of order <b>{ $name }</b>: what was shown, accepted and paid, and when.
evidence-button = Send evidence
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

### One's own data: the file that is handed out, and deleting them.

## The file

data-file = my-data.zip
data-page-file = my-data.html
data-json-file = my-data.json
data-caption = Your data: a page to read (HTML) and the same data for a program (JSON). The file holds personal data: keep it with care.
data-page-title = Your data
data-page-intro = What { $operator } keeps through this program, read on { DATE($at) } at { TIME($at) }. Nothing of colleagues who share the account is in it.
data-yes-no =
    { $yes ->
        [true] yes
       *[other] no
    }
data-instant = { DATE($at) }, { TIME($at) }
data-day = { DATE($day) }
data-sum = { MONEY($sum) }
data-label =
    { $name ->
        [chat] Chat
        [customer] Customer
        [language] Language
        [since] Since
        [security_phrase] Security phrase
        [reminders_switched_off] Reminders switched off (days)
        [email_too] Reminders by e-mail too
        [linked_to] Linked to
        [muted] Mailboxes without reminders
        [mailbox] PEC mailbox
        [level] Reminders muted
        [put_off] Reminders put off
        [until] Until
        [renewal_under_way] Renewal in progress
        [registrant] Registrant details
        [kit_holder] Digital signature holder
        [shipping] Shipping
        [method] Payment method
        [years] Years
        [mailboxes] PEC mailboxes
        [plan] Plan
        [said_paid] Payments announced
        [said_at] Announced on
        [expected_on] Expected by
        [codes_asked_for] Codes asked for
        [at] Date and time
        [new_email] New address
        [messages] Messages sent to this chat
        [message] Message
        [state] Status
        [reference_email] Reference e-mail
        [email_reminders] Reminders by e-mail
        [email_changes] Changes of address
        [old_email] Previous address
        [chats] Linked chats
        [holders] Holders
        [updated_at] Updated on
        [set_by_customer] Values set by the customer
        [field] Field
        [value] Value
        [expires_on] Expiry date
        [extra_mailbox_gb] Extra GB
        [extra_archive_gb] Extra archive GB
        [used_mailbox_milli_gb] Space used (thousandths of a GB)
        [used_archive_milli_gb] Archive used (thousandths of a GB)
        [usage_at] Space measured on
        [automatic_renewal] Automatic renewal
        [notice_by] Notice before the charge
        [not_renewing] Not renewed at the expiry date of
        [gone_on] No longer managed since
        [reminders] Reminders sent
        [days_before] Days before the expiry date
        [switched] Choices about the renewal
        [what] What
        [to] To
        [notices] Notices required by law
        [by] Channel
        [words] Text
        [orders] Orders
        [order] Order
        [due] Amount
        [old_expiry] Previous expiry date
        [new_expiry] New expiry date
        [documents] Documents accepted
        [document] Document
        [version] Version
        [payments] Payments
        [payment] Reference
        [sum] Sum
        [invoices] Invoices
        [number] Number
        [on] Date
        [link] Link
        [withdrawal] Withdrawal
        [due_back] Sum due back
        [requests] Requests about the data
        [kind] Category
        [name] Addressee
        [first_name] First name
        [last_name] Surname
        [business_name] Business name
        [tax_code] Tax code (codice fiscale)
        [vat_number] VAT number (partita IVA)
        [legal_rep] Legal representative
        [address] Address
        [street] Street and number
        [postcode] Postcode
        [town] Town
        [province] Province
        [country] Country
        [phone] Phone
        [email] E-mail
        [mobile] Mobile
        [recipient_code] Recipient code (codice destinatario)
        [recipient_pec] PEC for invoices
        [split_payment] Split payment
        [birth_date] Date of birth
        [birth_place] Place of birth
        [paid_together] Orders paid together
        [kit] Digital signature kit
        [kit_delivered_on] Kit delivered on
        [space] Space
        [archive] Archive
        [percent] Full to at least (%)
        [told_at] Told on
        [vat_note] VAT
        [lines] Lines
        [quantity] Quantity
        [vat] VAT
        [other_methods] Changes of payment method
        [old_method] Previous method
       *[other] { $name }
    }

data-word = { $word ->
    [email_reminders-all] all of them
    [email_reminders-last] the last ones only
    [email_reminders-none] none
    [level-most] all but the last ones
    [level-all] all of them
    [decided-stop] not renewed
    [decided-go] renewed
    [what-automatic_renewal] automatic renewal
    [what-renewing] renewal at the expiry date
    [state-due] waiting
    [state-claimed] under way
    [state-obsolete] no longer needed
    [channel-none] none
    [message-chat-joined] another chat was linked
    [message-confirmation-over] confirmation no longer valid
    [message-customer-forgotten] deletion of all data
    [message-mail-silenced] reminders by e-mail switched off
    [message-reference-email-changed] reference e-mail changed
    [message-reference-email-restored] reference e-mail restored
    [message-operator-automatic-renewal] automatic renewal, for the operator
    [message-operator-review] payment to be looked at, for the operator
    [message-operator-cases] cases to be dealt with, for the operator
    [message-operator-statement] bank statement, for the operator
    [message-operator-statement-refused] bank statement that was not read, for the operator
   *[other] {""}
}

## Deleting

data-not-sent = The file was not sent: Telegram does not answer. Try again in a few minutes from /privacy.
data-delete-ask =
    <b>Delete the data of this chat?</b>

    <b>Deleted are</b>{ $linked ->
        [true] {" "}the link with the mailboxes,
       *[other] {""}
    } the unfinished renewal, the security phrase, the choices about reminders, the codes and the messages sent. No more reminders will come here.

    <b>Kept is</b> the evidence of { $orders ->
        [true] orders and notices, for { $years } years by law, with the identifier of the chat that made them
       *[other] notices, for { $years } years by law
    }; for a day the requests for codes, against guessing.

    { $whole ->
        [true] The customer's data (holder, { data-delete-boxes }) are kept: <b>Delete all the data</b> deletes those too.
       *[other] The customer's data (holder, { data-delete-boxes }) belong to more than this chat: whoever owns them has them deleted by writing to { $operator }, { $email }.
    } The PEC mailbox stays as it is.
data-delete-boxes = { $orders ->
    [true] mailboxes, orders
   *[other] mailboxes
}
data-delete-yes = Delete the chat's data
data-delete-all = Delete all the data
data-delete-no = Leave all as it is
data-delete-kept = Everything stays as it was. Nothing was deleted.
data-deleted = Done: on { DATE($at) } at { TIME($at) } the data of this chat were deleted. To come back, just link it again.

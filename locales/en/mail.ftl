### E-mail: subjects, titles, and what only an e-mail says. Sentences shared with the chat are in messages.ftl.

## In every e-mail

mail-footer-safety = Sent automatically by { $operator }. Nobody asks by e-mail for the password of a PEC mailbox or for card details.
mail-footer-help = For help: { $email }, { $phone }
mail-footer-operator = { $name }, VAT number { $vat }, { $address }
mail-footer-example = Example operator: prices, accounts and terms are not real.

mail-preview-mailboxes = { $count ->
    [one] Renewal of { $first }
   *[other] Renewal of { $count } PEC mailboxes, among them { $first }
}

## Confirmation of an order

mail-placed-subject = Order { $order }: { MONEY($due) } to be paid by { DATE($by) }
mail-placed-preview = { $count ->
    [one] Renewal of { $address }: how to pay
   *[other] Renewal of { $count } PEC mailboxes: how to pay
}
mail-placed-title = Order { $order } received
mail-placed-opening = This confirms the order of { DATE($placed) }. The renewal is complete once the payment is received: until then the expiry date does not change.
mail-placed-change = If you change your mind
mail-auto-renewal = Automatic renewal: <b>on</b> once the renewal is completed.
mail-cancel = Until it is paid, the order can be cancelled: in the { -product } chat, with the command /orders.

## How to pay

mail-pay-title = How to pay
mail-pay-amount = Amount
mail-pay-method = Method
mail-pay-timing = { $at_once ->
    [true] received at once
   *[false] { $same ->
        [true] { $max ->
            [0] received on the same working day
            [1] received on the next working day
           *[other] received after { $max } working days
        }
       *[false] received after { $min }–{ $max } working days
    }
}
mail-pay-beneficiary = Beneficiary
mail-pay-iban = IBAN
mail-pay-bic = BIC
mail-pay-account = Postal account
mail-pay-reason = Payment reference
mail-pay-reason-note = { $integrates ->
    [true] to be entered exactly like this
   *[false] the order number alone
}
mail-pay-creditor-reference = RF reference
mail-pay-creditor-reference-note = optional: for banks that have a field for it
mail-pay-order = Order
mail-pay-link = Payment is made on the page that the button opens: card details are entered only there, never in the chat or in an e-mail.
mail-pay-unknown = The method chosen is no longer available. { $operator } will say how to pay: { $email }, { $phone }.
mail-pay-letter = The commitment letter, signed and with the order number, is to be sent to { $operator }: { $email }.
mail-pay-qr = <b>With a phone</b>
    For banks whose app reads QR codes of transfers: before confirming, check that name, IBAN, amount and reference are those given in this e-mail.
mail-pay-qr-alt = QR code of the transfer

## The order, line by line

mail-order-section = Order { $order }
mail-order-many = { $count ->
    [one] { $count } PEC mailbox
   *[other] { $count } PEC mailboxes
}
mail-order-years = { $what }, { renewal-year-count }
mail-order-once = Paid once
mail-order-vat = { MONEY($net) } + VAT { MONEY($vat) }
mail-order-new-expiry = New expiry date (was { DATE($old) })
mail-order-plan-change = Change of plan: from { $old } to { $new }
mail-order-net = Net
mail-order-vat-sum = VAT
mail-order-total = Total
mail-order-vat-open = VAT, if due
mail-order-total-open = Total, if VAT is due
mail-order-due = To pay
mail-order-split = Split payment: the public body pays the VAT itself
mail-mailboxes = { $count ->
    [one] Mailbox and new expiry date
   *[other] Mailboxes and new expiry dates
}

## Partial payment

mail-partial-subject = Order { $order }: { MONEY($paid) } received, { MONEY($missing) } remains

## Invoice

mail-invoice-subject = { $document ->
    [credit_note] Credit note for order { $order }
   *[invoice] Invoice for order { $order }
}
mail-invoice-where = Where to read it

## Renewal completed

mail-completed-subject = { $count ->
    [one] Renewal completed: order { $order }
   *[other] Renewal of { $count } mailboxes completed: order { $order }
}
mail-completed-until = { $count ->
    [one] <b>{ $first }</b> is renewed until <b>{ LONGDATE($expiry) }</b>.
   *[other] { $count } mailboxes are renewed: the first expires on <b>{ LONGDATE($expiry) }</b>.
}
mail-completed-opening = The payment of order <b>{ $order }</b>, <b>{ MONEY($due) }</b>, has been received. Nothing else is needed.
mail-completed-active = Active from now on

## An order about to expire, a cancelled order

mail-expiring-subject = Order { $order }: { MONEY($missing) } to be paid by { DATE($until) }
mail-cancelled-preview = The { MONEY($due) } of the order is no longer to be paid.

## The code that links a chat

mail-code-subject = Code to link the chat with { $operator }
mail-code-preview = Works for { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}. If you did not ask for it, ignore this e-mail.
mail-code-title = Code to link the chat
mail-code-opening = The code links the Telegram chat that asked for it to the PEC mailboxes with this reference e-mail at { $operator }. Expiry dates and orders can then be seen there, and mailboxes renewed.
mail-code-section = To be typed in the chat
mail-code-label = Code
mail-code-note = works for { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}, until { TIME($until) }, and only in the chat that asked for it
mail-code-nobody-asks = Nobody asks for this code by phone or by e-mail, { $operator } included: whoever does is trying to get in as you.
mail-code-ignore = If you did not ask for it, ignore this e-mail: without the code nothing changes. If more of them come, write to { $operator }: { $email }.
mail-code-link-section = Or without the code
mail-code-link-button = Link the chat
mail-code-link-note = The link works once, until { TIME($until) } on { DATE($until) }, from any chat: do not forward it.

## Expiry reminders. The other sentences are in reminders.ftl

mail-reminder-preview = { $count ->
    [one] { $first }, { $expired ->
        [true] expired
       *[false] expires
    } { LONGDATE($expires) }
   *[other] { $count } PEC mailboxes, among them { $first }
}
mail-reminder-mailbox = { $plan } plan, { $expired ->
    [true] expired
   *[false] expires
} { reminder-when }
mail-reminder-renew = The button opens Telegram at the renewal of { $count ->
    [one] this mailbox
   *[other] these mailboxes
}, in the chat with { -product }, the bot of { $operator }. { mail-reminder-link }
mail-reminder-stop = The button opens Telegram, in the chat with { -product }, the bot of { $operator }, where automatic renewal can be switched off. { mail-reminder-link }
mail-reminder-link = The link is yours alone: it works once, for { $days } days, and should not be forwarded. You are not asked for any password.
mail-space-open = Open in Telegram
mail-space-how = The button opens Telegram, in the chat with { -product }, the bot of { $operator }. { mail-reminder-link }
mail-reminder-holders = The mailboxes have different holders: each order is for one of them, and the chat asks which to begin with.
mail-reminder-automatic-subject = { $count ->
    [one] Automatic renewal: charge on { DATE($charge) }
   *[other] Automatic renewal of { $count } mailboxes: first charge on { DATE($charge) }
}
mail-reminder-not-charged-subject = { $count ->
    [one] Automatic renewal not paid yet: expiry date { reminder-when }
   *[other] { $count } automatic renewals not paid yet: first expiry date { reminder-when }
}
mail-reminder-in-chat = In the { -product } chat you can look at the order again, and cancel it until it is paid, with the command /orders.
mail-fewer-link = To get fewer reminders by e-mail, or none: <a href="{ $url }">choose which to get</a>. { last-day-comes } { owed-comes }
mail-fewer-write = To get fewer reminders by e-mail, or none, write to { $email } with the code { $code }. { last-day-comes } { owed-comes }

## Confirmation: no reminders by e-mail

mail-silenced-subject = No reminders by e-mail: confirmation
mail-silenced-preview = You can undo this choice with the link in this e-mail.
mail-silenced-title = No reminders by e-mail
mail-silenced-what = Since { DATE($at) } at { TIME($at) }, no reminders come to this address any more, not even the last ones: this was requested with the link in an e-mail, or through the operator.
mail-silenced-still = An expired mailbox still receives, but can no longer send; later it is deleted with everything in it. Reminders go on in the linked chats. { last-day-comes } { owed-comes }
mail-silenced-section = If you change your mind
mail-silenced-undo-what = The button brings reminders back as they were before this choice; after a more recent choice it changes nothing. If you did not ask for this, undo it and write to { $email }.
mail-silenced-undo = Undo this choice
mail-silenced-write = To get reminders again, or if you did not ask for this, write to { $email } with the code { $code }.

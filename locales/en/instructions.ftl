### How an order is paid. The same words in the confirmation, on the order's page and in messages.

instructions-transfer =
    <b>How to pay: { $method }</b>
    Beneficiary: { $beneficiary }
    IBAN: <code>{ $iban }</code>{ $shows_bic ->
        [true] {"\u000A"}BIC: <code>{ $bic }</code>
       *[false] {""}
    }
    Payment reference: <code>{ $reason }</code>, { $integrates ->
        [true] to be written exactly like this
       *[false] the order number alone
    }
    Amount: <b>{ MONEY($due) }</b>{ $letter ->
        [true] {"\u000A\u000A"}The commitment letter, signed and with the order number, is to be sent to { $operator }: { $email }.
       *[false] {""}
    }
instructions-slip =
    <b>How to pay: { $method }</b>
    Postal account: <code>{ $account }</code>
    In the name of: { $beneficiary }
    Payment reference: <code>{ $reason }</code>, { $integrates ->
        [true] to be written exactly like this
       *[false] the order number alone
    }
    Amount: <b>{ MONEY($due) }</b>
instructions-link =
    <b>How to pay: { $method }</b>
    <b>{ MONEY($due) }</b> is paid on the page that the button below opens. Card details are never written in the chat.
instructions-unknown =
    <b>How to pay</b>
    The method chosen is no longer available. { $operator } will say how to pay <b>{ MONEY($due) }</b> for order <code>{ $reason }</code>: { $email }, { $phone }.

instructions-deadline = { $saves ->
    [true] The payment must be registered by <b>{ LONGDATE($by) }</b>, { $count ->
        [one] the day of the expiry
       *[other] the day of the first expiry
    }. If it comes later, but by { DATE($until) }, the renewal is completed all the same; until then, however, an expired mailbox cannot send.
   *[false] The payment must be registered by <b>{ LONGDATE($until) }</b>: after that day { $count ->
        [one] the mailbox is deleted
       *[other] the first mailbox is deleted
    }, with everything in it.
}
instructions-arrival = { $at_once ->
    [true] With this method the payment is registered at once.
   *[false] { $same ->
        [true] A payment made today is registered on { DATE($latest) }.
       *[false] A payment made today is registered between { DATE($earliest) } and { DATE($latest) }.
    }
}

paying-open = Pay { MONEY($due) }
paying-copy-iban = Copy the IBAN
paying-copy-reason = Copy the reference
paying-qr =
    QR code of the transfer for order <b>{ $order }</b>
    { MONEY($due) } to { $beneficiary }

    The bank's app reads it with the camera or from saved pictures, and fills in IBAN, reference and amount.

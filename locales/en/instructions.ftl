### How an order is paid. The same words in the confirmation, on the order's page and in messages.

instructions-transfer =
    <b>How to pay: { $method }</b>
    Beneficiary: <code>{ $beneficiary }</code>
    IBAN: <code>{ $iban }</code>{ $shows_bic ->
        [true] {"\u000A"}BIC: <code>{ $bic }</code>
       *[false] {""}
    }
    Payment reference: <code>{ $reason }</code>, { $integrates ->
        [true] exactly like this
       *[false] nothing else
    }{ $shows_reference ->
        [true] {"\u000A"}RF reference: <code>{ $reference }</code>, for banks that have a field for it
       *[false] {""}
    }
    Amount: <b>{ MONEY($due) }</b>
instructions-letter = The commitment letter, signed and with the order number, is to be sent to { $operator }: { $email }.
instructions-name-check = The bank compares the name with the IBAN: if it shows another one, stop and ask { $operator } ({ $email }).
instructions-slip =
    <b>How to pay: { $method }</b>
    Postal account: <code>{ $account }</code>
    In the name of: { $beneficiary }
    Payment reference: <code>{ $reason }</code>, { $integrates ->
        [true] exactly like this
       *[false] nothing else
    }
    Amount: <b>{ MONEY($due) }</b>
instructions-link =
    <b>How to pay: { $method }</b>
    <b>{ MONEY($due) }</b> is paid on the page that the button below opens. Card details are never entered in the chat.
instructions-link-mail =
    <b>How to pay: { $method }</b>
    <b>{ MONEY($due) }</b> is paid by the link in the e-mail sent to { $known ->
        [true] <b>{ $to }</b>
       *[false] the reference e-mail
    }. Card details are never entered in the chat.
instructions-unknown =
    <b>How to pay</b>
    The method chosen is no longer available. { $operator } will say how to pay <b>{ MONEY($due) }</b> for order <code>{ $reason }</code>: { $email }, { $phone }.

instructions-by = By <b>{ LONGDATE($by) }</b>
instructions-registered-by = To be received by <b>{ DATE($by) }</b>
instructions-deadline = { $saves ->
    [true] The payment must be received by <b>{ LONGDATE($by) }</b>, { $count ->
        [one] the expiry date
       *[other] the first expiry date
    }. If it comes later, but by { DATE($until) }, the renewal is completed all the same; until then, however, an expired mailbox cannot send.
   *[false] The payment must be received by <b>{ LONGDATE($until) }</b>: after that day { $count ->
        [one] the mailbox is deleted
       *[other] the first mailbox is deleted
    }, with everything in it.
}
instructions-order-by = { $arrival ->
    [in-time] To be received by { DATE($by) }, it has to be made by <b>{ DATE($last) }</b>{ $has_cutoff ->
        [true] , before { $cutoff }
       *[false] {""}
    }.
    [after-expiry] Made today, it would be received <b>after the expiry date</b>.
   *[after-deletion] Made today, it would be received <b>after the deletion</b>.
}
instructions-arrival = { $at_once ->
    [true] With this method the payment is received at once.
   *[false] A payment made today is received { instructions-arrival-dates }{ $late ->
        [true] , after the expiry date
       *[false] {""}
    }.
}
instructions-arrival-dates = { $same ->
    [true] on { DATE($latest) }
   *[false] between { DATE($earliest) } and { DATE($latest) }
}
instructions-too-late =
    <b>{ $surely ->
        [true] This method is no longer in time.
       *[false] This method may be too late.
    }</b> A payment made today { $surely ->
        [true] would be received { instructions-arrival-dates }
       *[false] might not be received before { DATE($latest) }
    }, and after <b>{ DATE($until) }</b> { $count ->
        [one] the mailbox is deleted
       *[other] the first mailbox is deleted
    }.
instructions-too-late-faster = It is better to choose another, faster method in the order, such as { LIST($faster) }.
instructions-too-late-ask = To find out how to pay in time: { $operator }, { $email }, { $phone }.

## The instant transfer, where it saves a date that the ordinary one misses

instant-rescue = { $already ->
    [true] An ordinary transfer would arrive
   *[false] From { $after } today an ordinary transfer would arrive
} <b>after { instant-rescue-date }</b>, an <b>instant transfer</b> would not: it arrives within seconds, at any hour of any day, and the bank may not charge more for it.
instant-rescue-order = { $already ->
    [true] Make it an
   *[false] From { $after } today, make it an
} <b>instant transfer</b>, with the same details: it arrives within seconds, at any hour of any day, and the bank may not charge more for it; an ordinary one would arrive after { instant-rescue-date }.
instant-rescue-date = { $saves ->
    [expiry] the expiry date
   *[deletion] the deletion
}

paying-open = Pay { MONEY($due) }
paying-for-payer = For the payer
paying-payer-transfer =
    { $method }: { MONEY($due) }
    Beneficiary: { $beneficiary }
    IBAN: { $account }
    Payment reference: { $reason }{ $shows_reference ->
        [true] {"\u000A"}RF reference: { $reference }
       *[false] {""}
    }
paying-payer-slip =
    { $method }: { MONEY($due) }
    Postal account: { $account }
    In the name of: { $beneficiary }
    Payment reference: { $reason }
paying-payer-link =
    { $method }: { MONEY($due) }
    { $url }
paying-mail-again = Send the e-mail again
paying-mail-sent = The e-mail with the link arrives at { $to } within minutes. If it is not there, look in the junk folder too.
paying-copy-name = Copy name
paying-copy-iban = Copy IBAN
paying-copy-account = Copy account
paying-copy-amount = Copy amount
paying-copy-reason = Copy reference
paying-copy-creditor-reference = Copy RF reference
paying-qr-none = The order is no longer paid by transfer: “View the order” says how.
paying-qr =
    QR code of the transfer for order <b>{ $order }</b>
    { MONEY($due) } to { $beneficiary }

    For banks whose app reads QR codes of transfers: before confirming, check that name, IBAN, amount and reference are those given in this chat. If the app does not read it, copy them with the buttons.

### “I have paid”: a payment that was made and is not received yet.

paid-say = I have paid
paid-take-back = I have not paid yet
paid-expected = Payment expected by <b>{ LONGDATE($on) }</b>
paid-expected-toast = Payment expected by { DATE($on) }.
paid-received-already = The payment has been received already: the renewal is completed.
paid-nothing-to-expect = With this method the payment is received at once: there is nothing to wait for.
paid-taken-back = The reminders of this order are as before.
paid-card =
    🕓 <b>Payment expected by { LONGDATE($on) }</b>
    Order <code>{ $order }</code>: <b>{ MONEY($missing) }</b> by { $method }{ $late ->
        [true] . It comes <b>after the expiry date</b>: until then the mailbox cannot send.
       *[false] .
    }

    The confirmation arrives once the payment is received. Meanwhile only the reminders of the last days come, from { $urgent ->
        [one] the day
       *[other] { $urgent } days
    } before the expiry date, and the last one before the deletion. If nothing arrives, a message says so on <b>{ DATE($ask) }</b>.
paid-card-over = { $why ->
    [arrived] 🧾 Order <code>{ $order }</code>: a payment has been received.
    [elsewhere] 🧾 Order <code>{ $order }</code>: the payment is still expected, as a newer message says in this chat or another linked one.
   *[over] 🧾 Order <code>{ $order }</code>: the payment is no longer among those expected.
}

message-promised =
    🕓 <b>Payment on its way</b>

    In another linked chat it was said that order <code>{ $order }</code> (<b>{ MONEY($missing) }</b>) is paid: it should be received by <b>{ LONGDATE($on) }</b>. It need not be paid again; meanwhile only the last reminders come.

message-not-arrived-title = Order { $order }: the payment has not arrived
message-not-arrived =
    🔎 <b>{ message-not-arrived-title }</b>
    { $body }
message-not-arrived-what = It was expected by <b>{ DATE($on) }</b>. If it was made, compare the receipt with the details below and write to { $operator }: { $email }.

### Payment methods, with the dates on which a payment would be received, and automatic renewal.

renewal-payment =
    <b>Payment method</b>
    { $body }
renewal-payment-dates = { $expired ->
    [true] { $count ->
        [one] The mailbox expired
       *[other] The first mailbox expired
    } on <b>{ DATE($expires) }</b> and cannot send until the payment is received. The last day to renew it is <b>{ DATE($deletion) }</b>: after that it is deleted.
   *[false] { $count ->
        [one] The mailbox expires
       *[other] The first mailbox expires
    } on <b>{ DATE($expires) }</b>. The renewal is complete once the payment is received.
}
renewal-payment-beside = Beside each: when a payment made today is received.{ $same ->
    [true] {" "}The price is the same.
   *[false] {""}
}
renewal-payment-when = { $when ->
    [today] received today
    [day] received on { DATE($latest) }
   *[range] received between { DATE($earliest) } and { DATE($latest) }
}
renewal-payment-after-expiry = <b>{ $method }</b>: { renewal-payment-when }, <b>after the expiry date</b>: until then the mailbox receives but cannot send
renewal-payment-after-deletion = <b>{ $method }</b>: not available, { renewal-payment-when }, <b>after the deletion</b> of the mailbox
renewal-payment-letter = <b>{ $method }</b>: with a commitment letter, to be sent after the order
renewal-payment-none =
    <b>No method would arrive in time.</b>
    To save the mailbox, write to or call { $operator } today: { $email }, { $phone }.
renewal-payment-choice = { $method } · { $when ->
    [late] late
    [today] today
   *[other] { DAY($latest) }
}

## Automatic renewal

renewal-auto-renew =
    <b>Automatic renewal</b>

    { $body }
renewal-auto-renew-what = Optional, and off unless you choose it. With automatic renewal every mailbox renews itself: { $days } days before each expiry date the amount is charged by { $method }.
renewal-auto-renew-charge = First charge: <b>{ MONEY($due) }</b> { renewal-auto-renew-when }, for { renewal-year-count }.
renewal-auto-renew-by-years = First charge, by the renewal period that you choose in the next step:
renewal-auto-renew-charge-for = { renewal-year-count }: <b>{ MONEY($due) }</b> { renewal-auto-renew-when }
renewal-auto-renew-when = { $same ->
    [true] on <b>{ DATE($first) }</b>
   *[false] in all, from <b>{ DATE($first) }</b> to <b>{ DATE($last) }</b>
}
renewal-auto-renew-terms = Amounts { renewal-vat }, at today's prices. A notice comes{ $asked ->
    [true] {" "}<b>{ automatic-notice }</b>
   *[false] {""}
} before every charge, and until then automatic renewal can be switched off.
renewal-auto-renew-tick = { $on ->
    [true] Automatic renewal is on
   *[false] Switch on automatic renewal
}
renewal-auto-renew-not-carried = Automatic renewal is not possible with the payment method chosen.

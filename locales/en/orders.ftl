### My orders: the list, one order, its cancellation.

orders-list =
    <b>My orders</b>

    { $lines }
orders-none =
    <b>My orders</b>

    There are no orders yet. To renew a mailbox: /renew
order-status-words = { $progress ->
    [awaiting_decision] waiting for the decision on its VAT
    [gone] no longer to be paid
    [awaiting_payment] awaiting payment
    [part_paid] paid in part
    [completed] renewal completed
    [cancelled] cancelled
    [withdrawn] ended by withdrawal
   *[expired] expired { $some ->
        [true] with only part of it paid
       *[false] without payment
    }
}
order-gone-which = The renewal is in order <code>{ $order }</code>.
order-gone = <b>Do not pay this order</b>: { $count ->
    [one] <b>{ $first }</b> is
   *[other] { $more ->
        [one] <b>{ $first }</b> and another mailbox are
       *[other] <b>{ $first }</b> and { $more } other mailboxes are
    }
} no longer among the mailboxes managed here, and the payment would not lead to a renewal.{ $others ->
    [true] {" "}To renew the other mailboxes, cancel this order and place a new one.
   *[false] {""}
} If this is a mistake, or if you have already paid: { $operator }, { $email }.
orders-amount = { $progress ->
    [awaiting_decision] { MONEY($net) } + VAT if due
   *[other] { MONEY($due) }
}
orders-line = <b>{ $order }</b>, { DATE($placed) }: { orders-amount }, { order-status-words }{ $progress ->
    [part_paid] : <b>{ MONEY($missing) }</b> missing
   *[other] {""}
}
orders-choice = { $order } · { orders-amount }
orders-all = My orders

order-page =
    <b>Order { $order }{ $open ->
        [true] , { order-status-words }
       *[false] {""}
    }</b>
    { $body }
order-placed-on = Placed on { DATE($placed) }
order-status = Placed on { DATE($placed) }, <b>{ order-status-words }</b>
order-status-since = Placed on { DATE($placed) }, <b>{ order-status-words }</b> on <b>{ DATE($since) }</b>
order-again = To order again: /renew
order-for =
    Holder: { $name }
    Payment: { $method }
order-auto-renewal = Automatic renewal: { $auto_renew ->
    [true] <b>on</b> once the renewal is completed
   *[false] off
}
order-auto-renewal-began = Automatic renewal was switched on with this order: /mailboxes shows whether it still is, and changes it.
order-active = Active: { $active }
order-received-line = { $kind ->
    [released] <b>{ MONEY($cents) }</b> moved to another order on { DATE($at) }
    [reversed] <b>{ MONEY($cents) }</b> reversed on { DATE($at) }
   *[other] <b>{ MONEY($cents) }</b> on { DATE($at) }
}
order-received-one = Payment received: <b>{ MONEY($paid) }</b> on <b>{ DATE($at) }</b>
order-received-many =
    Payments received, <b>{ MONEY($paid) }</b> in all:
    { $lines }
order-received-more = { $count ->
    [one] and another one before
   *[other] and { $count } others before
}
order-invoice = { $document ->
    [credit_note] Credit note
   *[invoice] Invoice
} <b>{ $number }</b> of { DATE($issued) }
order-invoices-more = { $count ->
    [one] and another document before
   *[other] and { $count } other documents before
}
order-invoice-read = { $document ->
    [credit_note] Credit note { $number }
   *[invoice] Invoice { $number }
}
order-no-cancelling = Part of the amount has arrived: the order can no longer be cancelled here. To give it up, { $withdraws ->
    [true] withdraw with the button below.
   *[false] write to { $operator }: { $email }.
}
order-qr = Show the QR
order-lines = Mailboxes
order-cancel = Cancel order

order-cancel-ask =
    <b>Cancel order { $order }?</b>

    It can no longer be paid, and it cannot be restored. { $count ->
        [one] <b>{ $first }</b> keeps its expiry date of <b>{ DATE($expires) }</b> and can be renewed with a new order.
       *[other] The { $count } mailboxes keep today's expiry dates, the first on <b>{ DATE($expires) }</b>, and can be renewed with a new order.
    }

    { $undecided ->
        [true] There is nothing to pay yet.
       *[false] If you have already paid { MONEY($due) }, do not cancel: the renewal is complete once the payment is received.
    }
order-cancel-yes = Cancel for good
order-cancel-no = Back to the order

## Another payment method

order-method = Other method
order-method-list =
    <b>Another payment method</b>
    { $body }
order-method-now = Order <code>{ $order }</code>, <b>{ MONEY($due) }</b>: now paid by { $method }.
order-method-none = There is no other payment method for this order.
order-method-over = The order no longer awaits its whole payment: the method stays as it was.
order-method-ask =
    <b>Pay by { $method }?</b>

    { $body }
order-method-before = Order <code>{ $order }</code> stays as it is: <b>{ MONEY($due) }</b>, to be paid by <b>{ DATE($by) }</b>.
order-method-no-automatic = The <b>automatic renewal</b> chosen with the order <b>will not be switched on</b>: this method cannot carry it.
order-method-on-its-way = If a payment is already on its way, it counts: do not change, and do not pay again.
order-method-yes = Change method

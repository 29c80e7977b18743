### My orders: the list, one order, its cancellation.

orders-list =
    <b>My orders</b>

    { $lines }
orders-none =
    <b>My orders</b>

    There are no orders yet. To renew a mailbox: /renew
order-status-words = { $status ->
    [awaiting_payment] awaiting payment
    [completed] renewal completed
    [cancelled] cancelled
   *[expired] expired without payment
}
orders-line = <b>{ $order }</b>, { DATE($placed) }: { MONEY($due) }, { order-status-words }
orders-choice = { $order } · { MONEY($due) }
orders-all = All orders

order-page =
    <b>Order { $order }</b>

    { $body }
order-status = Placed on { DATE($placed) }, <b>{ order-status-words }</b>
order-cancelled = Placed on { DATE($placed) }, <b>cancelled</b> on { DATE($cancelled) }. To order again: /renew
order-for =
    Registrant: { $name }
    Payment: { $method }
    Automatic renewal: { $auto_renew ->
        [true] <b>on</b> once the renewal is completed
       *[false] off
    }
order-qr = Show the transfer's QR code
order-cancel = Cancel the order

order-cancel-ask =
    <b>Cancel order { $order }?</b>

    It can no longer be paid, and it cannot be restored. { $count ->
        [one] <b>{ $first }</b> keeps its expiry of <b>{ DATE($expires) }</b> and can be renewed with a new order.
       *[other] The { $count } mailboxes keep today's expiries, the first on <b>{ DATE($expires) }</b>, and can be renewed with a new order.
    }

    If you have already paid { MONEY($due) }, do not cancel: the payment will be registered.
order-cancel-yes = Cancel the order for good
order-cancel-no = Back to the order

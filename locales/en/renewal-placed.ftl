### Confirmation of the order.

renewal-placed =
    🧾 <b>Order { $order } received</b>
    { $body }
renewal-placed-when = The renewal is complete once the payment is received: until then the expiry date does not change.
renewal-placed-cancel = Until it is paid, the order can be cancelled: it is listed in /orders.
renewal-placed-open = View the order

## Withdrawal

order-withdrawal = As a consumer you can withdraw within { $days } days of the order, until { DATE($until) }, without giving a reason: just write the order number to { $email }.
order-withdrawal-until = Withdrawal: until <b>{ DATE($until) }</b>, by writing to { $email }.
order-withdrawal-how = As a consumer you can withdraw within { $days } days of the order, without giving a reason: the order number is enough.

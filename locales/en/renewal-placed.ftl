### Confirmation of the order.

renewal-placed =
    🧾 <b>Order { $order } received</b>
    { $body }
renewal-placed-when = The renewal is complete once the payment is received: until then the expiry date does not change.
renewal-placed-cancel = Until it is paid, the order can be cancelled: it is listed in /orders.
renewal-placed-open = View the order

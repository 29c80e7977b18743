### VAT of businesses abroad, decided by the operator order by order.

vat-total = Total{ $term ->
    [ordered] {""}
    [year] {" "}for one year
   *[years] {" "}for { renewal-year-count }
}: <b>{ MONEY($net) }</b> without VAT, <b>{ MONEY($total) }</b> with VAT
vat-recap = <b>{ $operator } decides on the VAT</b>: with a VAT number of another country none may be due (reverse charge). The order waits for that decision, and there is nothing to pay before it: the amount and how to pay arrive here and by e-mail. The other amounts are VAT included.
vat-order-button = Order with obligation to pay · { MONEY($net) } + VAT if due
vat-open = <b>There is nothing to pay yet.</b> { $operator } decides whether VAT is due: <b>{ MONEY($net) }</b> without VAT (reverse charge), <b>{ MONEY($total) }</b> with VAT. The amount and how to pay arrive in the chat and by e-mail as soon as this is decided.
vat-open-order = The renewal is in order <code>{ $order }</code>, which waits for the decision on its VAT.
vat-open-totals = <b>Total: { MONEY($net) } without VAT, { MONEY($total) } with VAT</b>
vat-unavailable =
    <b>There is already an order for this mailbox</b>

    It is order <b>{ $order }</b> of { DATE($placed) }, which waits for { $operator } to decide on its VAT. It cannot be paid before; it can be cancelled from the page of the order.
vat-mention = { $why ->
    [reverse_charge] No VAT charged: reverse charge (art. 7-ter and art. 21(6-bis)(a), DPR 633/1972).
    [not_subject] No VAT charged: not subject to Italian VAT (art. 7-ter and art. 21(6-bis)(b), DPR 633/1972).
   *[own] No VAT charged: { $mention }
}
vat-decided = { $without ->
    [true] { $operator } has decided: <b>no VAT</b>. To pay: <b>{ MONEY($due) }</b>.
   *[false] { $operator } has decided: <b>VAT is due</b>, { MONEY($vat) }. To pay: <b>{ MONEY($due) }</b>.
}
message-vat-decided-title = Order { $order } can be paid now
message-vat-decided =
    🧾 <b>{ message-vat-decided-title }</b>
    { $body }
vat-expired = <b>{ LONGDATE($until) }</b> has passed without a decision on the VAT, and the order can no longer be paid: nothing was missing on your side.
mail-undecided-subject = Order { $order } received: the amount follows once the VAT is decided

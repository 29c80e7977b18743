### The chosen mailboxes as they are: plan, space, price, and the short way to renew them.

renewal-offer-one =
    <b>Renewal of { $address }</b>
    { $body }
renewal-offer-many =
    <b>Renewal of { $count } mailboxes</b>
    { $body }
renewal-offer-item =
    <b>{ $address }</b>
    { $body }

renewal-offer-price = As it is: <b>{ MONEY($due) }</b> a year, { renewal-vat }
renewal-offer-express = <b>As it is</b>: same plan, space and details, no signature kit, { renewal-vat }.{ renewal-offer-incomplete }
renewal-offer-express-many = <b>As they are</b>, no signature kit.{ renewal-offer-incomplete }
renewal-offer-incomplete = { $complete ->
    [true] {""}
   *[false] {" "}The registrant details have to be completed first.
}
renewal-offer-chosen = Chosen so far: <b>{ $plan }</b> without extra space, <b>{ MONEY($due) }</b> a year, { renewal-vat }
renewal-offer-chosen-extra = Chosen so far: <b>{ $plan }</b> plus { LIST($extra) }, <b>{ MONEY($due) }</b> a year, { renewal-vat }
renewal-offer-list = Tap a mailbox to change it; beside it, the price of one year, { renewal-vat }.

renewal-offer-tight =
    <b>It cannot be renewed as it is</b>: more space is in use than there is.
    { $over }
renewal-offer-tight-terms = <b>It cannot be renewed as it is</b>: the terms of the plan have changed.
renewal-offer-tight-bought = The renewal includes the space it needs already: { LIST($extra) } in all, { MONEY($price) } a year, VAT included. To do without, delete at least { LIST($delete) } and check again.
renewal-offer-tight-needed = The space in use has grown since the renewal was begun: it needs { LIST($extra) } in all, { MONEY($price) } a year, VAT included. Check again to add it; to do without, first delete at least { LIST($delete) }.
renewal-offer-tight-impossible = The { $plan } plan cannot be given enough extra space. Delete at least { LIST($delete) } and check again, or choose a larger plan.
renewal-offer-tight-list =
    <b>Not all can be renewed as they are</b>: more space is in use than there is in
    { $addresses }
    Open each one to see what it needs.
renewal-offer-tight-address = <b>{ $address }</b>
renewal-offer-tight-others = { $count ->
    [one] and one more
   *[other] and { $count } more
}

renewal-offer-choice = { $address } · { MONEY($due) }
renewal-offer-change-plan = Change plan
renewal-offer-change-space = Change space
renewal-offer-keep = Space and kit
renewal-offer-others = { $single ->
    [true] More mailboxes
   *[false] Mailboxes
}

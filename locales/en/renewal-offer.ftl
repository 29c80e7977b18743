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
renewal-offer-years = As it is, { renewal-vat }:
renewal-offer-year = { renewal-year-count }: <b>{ MONEY($due) }</b>, new expiry date { DATE($expires) }
renewal-offer-express = <b>To renew as it is, just choose the years below</b>: plan, space and details stay the same, with no signature kit. { $complete ->
    [true] Only payment and acceptance then remain.
   *[false] The registrant details, which are incomplete, payment and acceptance then remain.
}
renewal-offer-chosen = Chosen so far: <b>{ $plan }</b> without extra space, <b>{ MONEY($due) }</b> a year, { renewal-vat }
renewal-offer-chosen-extra = Chosen so far: <b>{ $plan }</b> plus { LIST($extra) }, <b>{ MONEY($due) }</b> a year, { renewal-vat }
renewal-offer-list = Tap a mailbox to change its plan or space; the others stay as they are. Prices for one year, { renewal-vat }.

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

renewal-offer-as-it-is = { renewal-year-count } · { MONEY($due) }
renewal-offer-choice = { $address } · { $plan } · { MONEY($due) }
renewal-offer-choice-extra = { $address } · { $plan } +{ GB($gb) } · { MONEY($due) }
renewal-offer-change-plan = Change plan
renewal-offer-change-space = Change space
renewal-offer-keep = Continue with { $plan }
renewal-offer-others = More mailboxes

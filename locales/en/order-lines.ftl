### What an order consists of: the lines of each mailbox, or their sums where there are many.
### Used by the recap, the confirmation and the order's page.

lines-mailbox = <b>{ $address }</b>
lines-plan = { $plan } plan, { renewal-year-count }
lines-becomes = { $changes ->
    [true] From { $old } to { $new }
   *[false] { $new } plan
}, { renewal-year-count } → <b>{ DATE($until) }</b>
lines-plan-change = Change of plan: from { $old } to { $new }
lines-archive-closed = Once the renewal is completed the PEC archive is closed and the messages in it are deleted
lines-what = { $kind ->
    [plan] { $name } plan{ lines-promoted }
    [extra_mailbox] { lines-extra } for the mailbox
    [extra_archive] { lines-extra } for the archive
    [shipping] Shipping
   *[kit] { $name }
}{ $kind ->
    [kit] {""}
    [shipping] {""}
   *[other] , { renewal-year-count }
}
lines-line = { lines-what }: { MONEY($net) } + VAT { MONEY($vat) } = { MONEY($total) }
lines-promoted = { $promoted ->
    [true] {" "}in promotion
   *[false] {""}
}
lines-extra = { GB($quantity) } extra
lines-yearly = A year, VAT included: { $same ->
    [true] { MONEY($now) } now and at the next renewal
   *[false] { MONEY($now) } now, { MONEY($next) } at the next renewal
}
lines-expiry = Expiry date: { DATE($old) } → <b>{ DATE($new) }</b>

lines-many = <b>{ $count ->
    [one] { $count } PEC mailbox
   *[other] { $count } PEC mailboxes
}</b>, { renewal-year-count }
lines-added-what = { $kind ->
    [plan] { $name } plan{ lines-promoted } for { $mailboxes ->
        [one] { $mailboxes } mailbox
       *[other] { $mailboxes } mailboxes
    }
    [extra_mailbox] { lines-extra } for mailboxes ({ $name })
   *[extra_archive] { lines-extra } for archives ({ $name })
}
lines-added = { lines-added-what }: { MONEY($net) } + VAT { MONEY($vat) } = { MONEY($total) }
lines-expiries = { $same ->
    [true] New expiry date: <b>{ DATE($first) }</b>
   *[false] New expiry dates: from <b>{ DATE($first) }</b> to <b>{ DATE($last) }</b>
}
lines-changing = { $count ->
    [one] One mailbox changes plan
   *[other] { $count } mailboxes change plan
}
lines-closing = { $count ->
    [one] One mailbox changes plan and loses its PEC archive, with the messages in it
   *[other] { $count } mailboxes change plan and lose their PEC archives, with the messages in them
}
lines-sums = Net { MONEY($net) }, VAT { PERCENT($percent) } { MONEY($vat) }{ $split ->
    [true] {"\u000A"}Total with VAT { MONEY($total) }. The public body pays the VAT itself (split payment).
   *[false] {""}
}
lines-due = <b>{ $split ->
    [true] To pay
   *[false] Total
}: { MONEY($due) }</b>
split-payment-ended = Split payment: the last authorisation known { $over ->
    [true] ended on { DATE($until) }. The whole total is due
   *[false] ends on { DATE($until) }. After that day the whole total is due
} unless { $operator } confirms otherwise.

lines-all = All mailboxes
lines-page =
    <b>{ $count ->
        [one] { $count } mailbox
       *[other] { $count } mailboxes
    }, { renewal-year-count }</b>

    { $body }

### What every screen of the renewal shows: the total, and how a mailbox reads.

## Total

renewal-running-total = { $running_total }
renewal-total-per-year = Total for one year: <b>{ MONEY($due) }</b>, { renewal-vat }
renewal-total-for-years = Total for { renewal-year-count }: <b>{ MONEY($due) }</b>, { renewal-vat }
renewal-total-ordered = Total: <b>{ MONEY($due) }</b>, { renewal-vat }
renewal-total-new = { $one_year ->
    [true] New total for one year
   *[false] New total for { renewal-year-count }
}: <b>{ MONEY($due) }</b> ({ $sign ->
    [more] +{ MONEY($difference) }
    [less] −{ MONEY($difference) }
   *[same] as now
}), { renewal-vat }

renewal-vat = { $split ->
    [true] excluding VAT (split payment)
   *[false] VAT included
}
renewal-year-count = { $years ->
    [one] { $years } year
   *[other] { $years } years
}

## A mailbox

renewal-mailbox-plan = <b>{ $plan }</b> plan: { $includes }
renewal-mailbox-includes-mailbox = { GB($gb) } mailbox
renewal-mailbox-includes-archive = { GB($gb) } archive
renewal-mailbox-extra = Extra space: { LIST($extra) }
renewal-mailbox-extra-mailbox = { GB($gb) } for the mailbox
renewal-mailbox-extra-archive = { GB($gb) } for the archive
renewal-mailbox-extra-none = none
renewal-mailbox-expires = { $days ->
    [0] Expires <b>today, { LONGDATE($expires) }</b>
    [1] Expires <b>tomorrow, { LONGDATE($expires) }</b>
   *[other] Expires on <b>{ LONGDATE($expires) }</b>, in { $days } days
}
renewal-mailbox-expired =
    Expired on <b>{ LONGDATE($expires) }</b>, { $days ->
        [one] { $days } day
       *[other] { $days } days
    } ago: it still receives, but can no longer send.
    It can be renewed until <b>{ DATE($deletion) }</b>; then it is deleted, with everything in it.
renewal-mailbox-promotion = <b>{ $promotion }</b> promotion: { MONEY($price) } a year instead of { MONEY($ordinary) }, VAT included, { $years ->
    [one] for one year only.
   *[other] for no more than { $years } years.
} The next renewal is at the ordinary price again.

## Used space

renewal-usage-unknown = The space in use is not known: the operator checks it before renewing.
renewal-usage-old = The space in use was measured on { DATE($at) } at { TIME($at) } and may have changed: the operator checks it again before the renewal takes effect.
renewal-usage-over-mailbox = Mailbox: <b>{ GB($used) }</b> in use, room for { GB($room) }
renewal-usage-over-archive = Archive: <b>{ GB($used) }</b> in use, room for { GB($room) }
renewal-usage-delete-mailbox = { GB($gb) } from the mailbox
renewal-usage-delete-archive = { GB($gb) } from the archive
renewal-usage-recheck = I have deleted: check again
renewal-usage-fits-now = The space in use fits now.
renewal-usage-still-over = Still too much space in use. Last measured: { DATE($at) } at { TIME($at) }. After a deletion it can take a while to show.

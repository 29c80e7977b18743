### Renewal period: for how many years, with the total and the new expiry.

renewal-years =
    <b>Renewal period</b>
    { $body }
renewal-years-what = For how many years? The amounts are the total to pay now, { renewal-vat }.
renewal-years-line = { renewal-year-count }: { $same ->
    [true] new expiry date <b>{ DATE($first) }</b>
   *[false] expiry dates <b>{ DATE($first) }</b> to <b>{ DATE($last) }</b>
}
renewal-years-promotion = With the { $promotion } promotion the renewal is for { renewal-year-count } at most.
renewal-years-auto-renew = Automatic renewal is on: the period you choose is also that of every later automatic renewal.
renewal-years-kit = The signature kit is in the amounts, and is paid only once.
renewal-years-choice = { renewal-year-count } · { MONEY($due) }
renewal-years-choice-until = { renewal-year-count }: { MONEY($due) } → { DATE($expires) }

### Extra GB for mailbox and archive.

renewal-space =
    <b>Is more space needed?</b>
    { $address }, { $plan } plan
    { $body }

renewal-space-mailbox = <b>Mailbox</b>: { renewal-space-included }{ renewal-space-in-use }
    Extra: <b>{ GB($extra) }</b> · { MONEY($price) } per GB a year
renewal-space-archive = <b>Archive</b>: { renewal-space-included }{ renewal-space-in-use }
    Extra: <b>{ GB($extra) }</b> · { MONEY($price) } per GB a year
renewal-space-included = { GB($included) } included
renewal-space-in-use = { $says_usage ->
    [yes] , { $usage }
   *[no] {""}
}
renewal-space-limits-of = { $which ->
    [mailbox] Mailbox
   *[archive] Archive
}: { $limits }
renewal-space-used = { GB($gb) } in use
renewal-space-used-unknown = how much is in use is not known
renewal-space-limits = at most { GB($cap) } more, { GB($total) } in all
renewal-space-limits-needed = at least { GB($needed) } more, for the space in use; at most { GB($cap) }, { GB($total) } in all
renewal-space-limits-not-enough = at most { GB($cap) } more, { GB($total) } in all, but the space in use would need { GB($needed) } more: delete some messages or change the plan
renewal-space-not-sold = No space can be added with this plan.

renewal-space-now = Extra space today: { LIST($extra) }
renewal-space-price = Extra space chosen: <b>{ MONEY($price) }</b> a year, VAT included. Extra GB expire with the mailbox.
renewal-space-price-none = No extra space chosen. Prices include VAT; extra GB expire with the mailbox.

renewal-space-less-mailbox = −{ $gb } mailbox
renewal-space-more-mailbox = +{ $gb } mailbox
renewal-space-less-archive = −{ $gb } archive
renewal-space-more-archive = +{ $gb } archive

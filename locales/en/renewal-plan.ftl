### Keeping the plan or changing it: first what is lost, then what is gained.

renewal-plan =
    <b>Which plan?</b>
    { $address }

    { $plans }
renewal-plan-line = <b>{ $plan }</b>: { $includes }
renewal-plan-also = With { LIST($plans) } also: { $features }
renewal-plan-prices = Prices for one year, { renewal-vat }, with the space needed; in brackets the difference.
renewal-plan-withdrawn = { $current } is no longer sold: once left, it cannot be taken up again.
renewal-plan-choice-current = { $plan } · { MONEY($price) } · current
renewal-plan-choice-same = { $plan } · { MONEY($price) } (same price)
renewal-plan-choice-more = { $plan } · { MONEY($price) } (+{ MONEY($difference) })
renewal-plan-choice-less = { $plan } · { MONEY($price) } (−{ MONEY($difference) })
renewal-plan-choice-unfit = { $plan } · too full
renewal-plan-guide = Compare the plans

renewal-plan-change =
    <b>From { $old } to { $new }</b>
    { $address }

    { $body }

## What is lost

renewal-plan-losses = <b>Lost</b>
renewal-plan-loses-nothing = <b>Nothing is lost</b>
renewal-plan-loses-archive = • The <b>PEC archive is closed</b> and every message in it is deleted: <b>{ GB($gb) }</b>
renewal-plan-loses-archive-unknown = • The <b>PEC archive is closed</b> and every message in it is deleted: how many there are is not known
renewal-plan-loses-archive-empty = • The PEC archive, empty as far as is known, is closed
renewal-plan-loses-mailbox-gb = • Mailbox: from { GB($old_gb) } to { GB($new_gb) }
renewal-plan-loses-archive-gb = • Archive: from { GB($old_gb) } to { GB($new_gb) }
renewal-plan-loses-extra-mailbox = • Extra space for the mailbox: from { GB($old_gb) } to { GB($new_gb) }
renewal-plan-loses-extra-archive = • Extra space for the archive: from { GB($old_gb) } to { GB($new_gb) }
renewal-plan-loses-feature = • { $feature }
renewal-plan-loses-promotion = • The { $promotion } promotion, which does not cover the new plan
renewal-plan-loses-withdrawn = • The way back to { $old }, which is no longer sold

## What is gained

renewal-plan-gains = <b>Gained</b>
renewal-plan-gains-mailbox-gb = • Mailbox: from { GB($old_gb) } to { GB($new_gb) }
renewal-plan-gains-archive-gb = • Archive: from { GB($old_gb) } to { GB($new_gb) }
renewal-plan-gains-archive = • A PEC archive of { GB($new_gb) }
renewal-plan-gains-feature = • { $feature }

## Space in use

renewal-plan-space-over =
    <b>More space is in use than { $new } includes</b>
    { $over }
renewal-plan-space-bought = Extra space is needed: { LIST($extra) }, { MONEY($price) } a year, VAT included. It is added with the change. To do without, delete at least { LIST($delete) } and check again.
renewal-plan-space-kept = The extra space that the mailbox has already covers it: { LIST($extra) }, { MONEY($price) } a year, VAT included.
renewal-plan-space-impossible = The change is not possible until at least { LIST($delete) } are deleted: { $new } cannot have enough extra space. Then check again.

renewal-plan-when = The change takes effect when the renewal is completed.
renewal-plan-take = Change to { $new } · { MONEY($due) }
renewal-plan-recomputed = With { $plan } the extra space changes: { LIST($changes) }.
renewal-plan-recomputed-mailbox = mailbox from { GB($old_gb) } to { GB($new_gb) }
renewal-plan-recomputed-archive = archive from { GB($old_gb) } to { GB($new_gb) }

## Second confirmation: the archive is deleted

renewal-plan-archive-loss =
    <b>The archive will be deleted</b>

    With the { $new } plan the archive of <b>{ $address }</b> is closed, and { $known ->
        [true] <b>{ GB($gb) } of messages</b> are
       *[false] <b>every archived message</b> (how much there is is not known) is
    } deleted for ever with it. This happens when the renewal is completed and cannot be undone, not even by going back to a plan with an archive.

    Messages worth keeping have to be saved elsewhere before paying.
renewal-plan-archive-loss-take = Delete the archive

### Recap of the order, acceptances, final button; and the menu to change a choice.

renewal-recap =
    <b>Order summary</b>
    { $body }

## What is missing

renewal-recap-missing = <b>Still missing before ordering:</b>
renewal-recap-missing-mailbox = • the mailboxes: none is chosen, or one can no longer be renewed
renewal-recap-missing-space = • plan or space: what was chosen is not enough, or no longer on sale
renewal-recap-missing-kit = • the answer about the digital signature kit
renewal-recap-missing-registrant = • the confirmation of the registrant details
renewal-recap-missing-payment = • the payment method
renewal-recap-missing-years = • the renewal period
renewal-recap-choose-mailbox = Review the mailboxes
renewal-recap-choose-space = Review plan and space
renewal-recap-choose-kit = Answer about the signature kit
renewal-recap-choose-registrant = Confirm the registrant details
renewal-recap-choose-payment = Choose the payment method
renewal-recap-choose-years = Choose the renewal period

## What has changed

renewal-recap-changed = <b>The order was not sent: something has changed.</b>
renewal-recap-changed-amount = Amount: before <b>{ MONEY($old) }</b>, now <b>{ MONEY($new) }</b>
renewal-recap-changed-documents = A document to accept has a new version
renewal-recap-changed-dates = The new expiry dates are different
renewal-recap-changed-choices = The choices, or the prices at the next renewal, are no longer as shown before
renewal-recap-changed-alert = The order was not sent: something has changed. Read the summary again; your other choices are kept.

## What is ordered

renewal-recap-kit-brief = { $kit }{ $name ->
    [none] {""}
   *[other] {" "}for { $name }
}
renewal-recap-kit = <b>Digital signature kit</b>
renewal-recap-kit-holder = In the name of { $name }; certificate of { $years ->
    [one] one year
   *[other] { $years } years
}, not renewed automatically
renewal-recap-kit-shipping = Shipped to { $name }, { $address }
renewal-recap-registrant = Holder: { $name }
renewal-recap-payment = Payment: { $method }{ $late ->
    [true] ; paid today, received { $same ->
        [true] on { DATE($latest) }
       *[false] between { DATE($earliest) } and { DATE($latest) }
    }, <b>after the expiry date</b>
   *[false] {""}
}
renewal-recap-auto-renew-on = Automatic renewal: <b>on</b>. First charge: { MONEY($due) } { $same ->
    [true] on { DATE($first) }
   *[false] in all, from { DATE($first) } to { DATE($last) }
}, for { renewal-year-count }, at today's prices{ $asked ->
    [true] ; notice { automatic-notice }
   *[false] {""}
}
renewal-recap-auto-renew-off = Automatic renewal: off

## Acceptances

renewal-recap-documents = <b>To accept before ordering</b>
renewal-recap-then = Once all that is required is ticked, the order button appears.
renewal-recap-document = { $position }. <a href="{ $url }">{ $name }</a>, version { $version }{ $renewed ->
    [true] {" "}(<b>new version</b>, to be accepted again)
   *[false] {""}
}
renewal-recap-clause = • { $number } { $title }
renewal-recap-early-start = Optional: <a href="{ $url }">{ $name }</a>, version { $version }{ $renewed ->
    [true] {" "}(<b>new version</b>)
   *[false] {""}
}. { $waits ->
    [true] The renewal is asked of the mailbox provider at once, without waiting for the { $days } days of withdrawal; if you then withdraw, you pay for the part already provided. Without this choice it is asked only after those days, and never later than the expiry date.
   *[false] The service starts without waiting for the { $days } days of withdrawal; if you then withdraw, you pay for the part already provided.
}
renewal-recap-accept-conditions = I accept the general terms
renewal-recap-accept-clauses = I approve onerous clauses
renewal-recap-accept-privacy = I read the privacy notice
renewal-recap-accept-early-start = Start at once (optional)
renewal-recap-order = Order with obligation to pay · { MONEY($due) }
renewal-recap-edit = Change

## Changing a choice

renewal-edit =
    <b>What would you like to change?</b>

    After the change you are back at the summary; the other choices stay.
renewal-edit-mailboxes = Mailboxes: { $count }
renewal-edit-plans = Plans and space
renewal-edit-plan = Plan: { $value }
renewal-edit-space = Extra: { $value }
renewal-edit-kit = Signature kit: { $value }
renewal-edit-registrant = Holder: { $value }
renewal-edit-payment = Payment: { $value }
renewal-edit-auto-renew = Automatic renewal: { $value }
renewal-edit-years = Period: { $value }
renewal-edit-open = to be chosen
renewal-edit-yes = yes
renewal-edit-no = no

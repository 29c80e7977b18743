### For whom the renewal is, which mailboxes, and those that cannot be renewed here.

## Holder

renewal-holder =
    <b>Who is the renewal for?</b>

    An order is for one holder: the details and the invoice are theirs. The mailboxes of others are renewed separately.
renewal-holder-choice = { $name } · { $count ->
    [one] { $count } mailbox
   *[other] { $count } mailboxes
}

## Mailboxes

renewal-mailboxes =
    <b>Which mailboxes?</b>
    { $body }
renewal-mailboxes-chosen = Chosen: <b>{ $chosen }</b> of { $renewable }, held by { $holder }
renewal-mailboxes-blocked-how = ⊘ not renewed here: tap it for the reason.
renewal-mailboxes-limit = An order can hold up to { $limit } mailboxes: the others are renewed with another order.
renewal-mailboxes-choice = { $address } · { DAY($expires) }
renewal-mailboxes-choice-far = { $address } · { DATE($expires) }
renewal-mailboxes-choice-expired = { $address } · expired
renewal-mailboxes-choice-gone = { $address } · { renewal-unavailable-short-gone }
renewal-mailboxes-choice-deleted = { $address } · { renewal-unavailable-short-deleted }
renewal-mailboxes-choice-blocked = ⊘ { $address } · { $reason }
renewal-mailboxes-detail = { $address }: { $plan }, { $expired ->
    [true] expired { $days ->
        [one] { $days } day
       *[other] { $days } days
    } ago
   *[false] { $days ->
        [0] expires today
        [1] expires tomorrow
       *[other] in { $days } days
    }
}
renewal-mailboxes-all = All
renewal-mailboxes-none = Clear

## Mailboxes that cannot be renewed here

renewal-unavailable = { $body }
renewal-unavailable-list =
    <b>No mailbox can be renewed here</b>

    Each has its reason: tap one to see it, and what to do.
renewal-unavailable-empty =
    <b>No mailbox to renew</b>

    Either they can be renewed by now, or there are none. Type /renew to start again.
renewal-unavailable-mailbox =
    <b>{ $address }</b>
    { $plan } plan{ $when ->
        [gone] {""}
        [expired] , expired on { DATE($expires) }
       *[expires] , expires on { DATE($expires) }
    }

renewal-unavailable-gone =
    <b>It is no longer among the mailboxes managed here</b>

    It may have moved to another provider. So it cannot be renewed here, and no reminders come.

    If this is a mistake, { $operator } can check: { $email }.
renewal-unavailable-deleted =
    <b>It has been deleted</b>

    More than { $deletion_days } days have passed since it expired: the mailbox and what it held cannot be recovered.

    What remains is to buy a new one. The same name can be had again only with the same tax code.
renewal-unavailable-own-domain =
    <b>It is a PEC mailbox on its own domain</b>

    It is renewed together with its domain, not with this renewal.
renewal-unavailable-open-order =
    <b>An order is awaiting payment already</b>

    The renewal of this mailbox is in order <b>{ $order }</b> of { DATE($placed) }, sent from { $here ->
        [true] this chat
       *[false] another chat of the same customer
    }.

    To complete it, { $some ->
        [true] <b>{ MONEY($missing) }</b> is still to be paid. Part of the amount has arrived already: it can no longer be cancelled.
       *[false] pay <b>{ MONEY($missing) }</b>. To change something, it can be cancelled and the mailbox renewed again.
    } The order's page says how.

    { $keeps ->
        [true] It must be received by <b>{ DATE($by) }</b>: after that the mailbox cannot send, and after { DATE($until) } it is deleted.
       *[false] It must be received by <b>{ DATE($until) }</b>: after that the mailbox is deleted.
    }
renewal-unavailable-order-of-another =
    <b>An order is awaiting payment already</b>

    Another customer sent it, when the mailbox was theirs. To know what to do: { $operator }, { $email }.
renewal-unavailable-auto-renew =
    <b>Automatic renewal is on</b>

    The mailbox renews itself: the charge is due on <b>{ DATE($charge) }</b>.

    To renew it here, automatic renewal has to be switched off first. From then on nothing is charged automatically: without another renewal the mailbox expires on { DATE($expires) }.
renewal-unavailable-auto-renew-charged =
    <b>Automatic renewal is on</b>

    The charge was due on <b>{ DATE($charge) }</b> and may have been made already: before renewing here, it is worth checking that nothing has been paid.

    Switched off, there are no further automatic charges, but one already made stands. Without a renewal the mailbox expires on { DATE($expires) }.
renewal-unavailable-too-early =
    <b>It is too early</b>

    This mailbox can be renewed from <b>{ DATE($opens) }</b>. The new years count from the expiry date in any case.
renewal-unavailable-free =
    <b>It can be renewed now</b>

    What stood in the way is gone.

renewal-unavailable-short-gone = no longer here
renewal-unavailable-short-deleted = deleted
renewal-unavailable-short-own-domain = own domain
renewal-unavailable-short-open-order = ordered
renewal-unavailable-short-too-early = not yet
renewal-unavailable-short-auto-renew = automatic

renewal-unavailable-order = Open order { $order }
renewal-unavailable-stop = Switch off automatic renewal
renewal-unavailable-purchase = Buy a new mailbox
renewal-unavailable-domain = Renew the domain
renewal-unavailable-renew = Renew this mailbox
renewal-unavailable-switched = Automatic renewal: <b>off</b>. { $when }
renewal-unavailable-other = Another renewal is in progress: /renew resumes or discards it.

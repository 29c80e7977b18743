### The card of a mailbox.

card =
    <b>{ $address }</b>
    { $body }
card-holder = Holder: { $holder } · { $plan }
card-blocked = { $reason ->
    [gone] <b>It is no longer among the mailboxes managed here</b>: it cannot be renewed, and no reminders come. If this is a mistake: { $operator }, { $email }.
    [deleted] <b>Deleted</b> after { DATE($deletion) }: what it contained cannot be recovered. You can buy a new mailbox; the same name is possible only with the same tax code (codice fiscale).
    [own-domain] It is a PEC mailbox on its own domain: <b>it is renewed with that domain</b>.
    [open-order] { $ours ->
        [undecided] Order { $order } is <b>waiting for the decision on its VAT</b>: nothing is paid until then, and it can be cancelled from there.
        [true] Order { $order } is <b>awaiting payment</b>: pay it or cancel it there.
       *[false] An order of the mailbox's previous customer is <b>awaiting payment</b>. To find out what to do: { $operator }, { $email }.
    }
    [auto-renew] { $charged ->
        [true] The automatic charge was due on { DATE($charge) } and may have been made. To renew here, switch automatic renewal off first.
       *[false] <b>It renews itself</b>. To renew here, switch automatic renewal off first.
    }
   *[too-early] It can be renewed <b>from { DATE($opens) }</b>.
}
card-used = { $where ->
    [archive] Archive
   *[mailbox] Mailbox
} { $bar } { GB($used) } of { GB($room) }
card-used-unknown = The space in use is not known.
card-used-old = Measured on { DATE($at) }: it may have changed.
card-reminders = Reminders: { $put_off ->
    [true] <b>put off to { DATE($until) }</b>
   *[false] { $heard ->
        [all] <b>all</b>
        [last] <b>only the last ones</b>
       *[none] <b>none</b>
    }
}
card-told = Messages also go to: { LIST($told) }
card-other-chats = { $count ->
    [one] another chat
   *[other] { $count } other chats
}
card-orders = Orders ({ $orders })
card-to-reminders = Reminders

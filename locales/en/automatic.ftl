### The switch of automatic renewal: from /mailboxes, from the settings, and from the notice before a charge.

automatic =
    <b>Automatic renewal</b>
    { $address }

    { $body }
automatic-on = <b>On</b>: { $charged ->
    [true] the charge was due on <b>{ DATE($charge) }</b> and may have been made already.
   *[false] charge on <b>{ DATE($charge) }</b>{ $priced ->
        [true] , <b>{ MONEY($due) }</b>{ $split ->
            [true] {" "}(the public body pays the VAT itself)
           *[false] , VAT included
        }, for { renewal-year-count }
       *[false] {""}
    }.
}
automatic-off = <b>Off</b>.{ $gone ->
    [true] {""}
   *[false] {" "}Expiry date: <b>{ DATE($expires) }</b>.
}
automatic-last = Switched { $on ->
    [true] on
   *[false] off
} on { DATE($at) } at { TIME($at) } ({ ZONE($at) }) from { $here ->
    [true] this chat
   *[false] another chat
}.
automatic-if-off = Once it is off, { $charged ->
    [true] there are no further automatic charges, but one already made stands
   *[false] nothing is charged automatically any more
}.{ $gone ->
    [true] {""}
   *[false] {" "}The expiry date stays <b>{ DATE($expires) }</b>, and reminders to renew come again.
}
automatic-if-on = Once it is on, <b>{ MONEY($due) }</b> will be charged on <b>{ DATE($charge) }</b>, for { renewal-year-count }{ $known ->
    [true] , by { $method }
   *[false] , as before it was switched off
}. Then again { $days } days before every expiry date.
automatic-not-now = { $reason ->
    [gone] The mailbox is no longer among those managed here: it cannot be renewed here.
    [deleted] The mailbox has been deleted: there is nothing left to renew.
    [own-domain] The mailbox is renewed with its domain.
    [open-order] Order { $order } is not paid yet: whether it renews itself afterwards was chosen there.
    [charged] The day of the charge, { DATE($charge) }, has come: for this expiry date, renew with /renew, where it can be switched on.
    [no-price] As it is, the mailbox cannot renew itself. /renew shows what has to change, and it can be switched on there.
   *[no-method] It can be switched on by renewing with /renew and paying in one of these ways: { LIST($methods) }.
}
automatic-never = No payment method here allows it.
automatic-notice = { $way ->
    [chat] in the chat
   *[mail] in the chat and by e-mail
}
automatic-notice-comes = A notice comes <b>{ automatic-notice }</b> before every charge.
automatic-noticed = The notice comes { automatic-notice }.
automatic-notice-tick = Notice by e-mail too
automatic-switch-off = Switch off automatic renewal
automatic-switch-on = Turn on · { MONEY($due) } { DATE($charge) }
automatic-done = { $on ->
    [true] Automatic renewal switched on.
   *[false] Automatic renewal switched off.
}
automatic-changed = Something has changed meanwhile: it was not switched on. The screen shows how things stand now.
automatic-none = No mailbox can renew itself.
automatic-list =
    <b>Automatic renewal</b>

    Tap a mailbox to see the charge, or to change it.
automatic-choice = { $address } · { $on ->
    [true] on
   *[false] off
}

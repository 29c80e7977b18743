### Expiry reminders, in the chat and by e-mail: the sentences are the same. What is lost first, then what can be done.

reminder-to-pay =
    ⏰ <b>{ $title }</b>
    { $body }
reminder-message =
    ⏰ <b>{ $title }</b>

    { $body }
reminder-title = { $count ->
    [one] { $expired ->
        [true] { $days ->
            [one] Your PEC mailbox expired yesterday
           *[other] Your PEC mailbox expired { $days } days ago
        }
       *[false] { $days ->
            [0] Your PEC mailbox expires today
            [one] Your PEC mailbox expires tomorrow
           *[other] Your PEC mailbox expires in { $days } days
        }
    }
   *[other] { $expired ->
        [true] { $days ->
            [one] { $count } PEC mailboxes to renew, the first expired yesterday
           *[other] { $count } PEC mailboxes to renew, the first expired { $days } days ago
        }
       *[false] { $days ->
            [0] { $count } PEC mailboxes expire soon, the first today
            [one] { $count } PEC mailboxes expire soon, the first tomorrow
           *[other] { $count } PEC mailboxes expire soon, the first in { $days } days
        }
    }
}
reminder-last-day-title = { $count ->
    [one] Today is the last day to renew your PEC mailbox
   *[other] Today is the last day for { $last ->
        [one] one of { $count } PEC mailboxes to renew
       *[other] { $last } of { $count } PEC mailboxes to renew
    }
}
reminder-last-day-awaiting-title = Today is the last day: awaiting your payment
reminder-last-day-consequence = { $count ->
    [one] It still receives, but can no longer send. <b>Tomorrow it is deleted</b> with everything in it, and nothing can bring it back.
   *[other] An expired mailbox still receives, but can no longer send. { $last ->
        [one] One is deleted <b>tomorrow</b>
       *[other] { $last } are deleted <b>tomorrow</b>
    } with everything inside, and nothing can bring it back.
}
reminder-mailbox =
    <b>{ $address }</b>
    { $plan } plan
    { $expired ->
        [true] Expired: <b>{ LONGDATE($expires) }</b>
       *[false] Expiry date: <b>{ LONGDATE($expires) }</b>
    }
reminder-when = { $expired ->
    [true] { $days ->
        [one] yesterday
       *[other] { $days } days ago
    }
   *[false] { $days ->
        [0] today
        [one] tomorrow
       *[other] in { $days } days
    }
}
reminder-mailbox-line = <b>{ $address }</b>: { $expired ->
    [true] expired { DATE($expires) }
   *[false] { DATE($expires) }
}
reminder-more = { $count ->
    [one] and one more mailbox
   *[other] and { $count } more mailboxes
}
reminder-consequence = { $expired ->
    [true] { $count ->
        [one] It still receives, but can no longer send. After <b>{ DATE($deletion) }</b> it is deleted with everything in it.
       *[other] An expired mailbox still receives, but can no longer send. The first is deleted after <b>{ DATE($deletion) }</b>, with everything in it.
    }
   *[false] { $count ->
        [one] After the expiry date it still receives, but can no longer send; { $deletion_days } days later it is deleted with everything in it.
       *[other] After its expiry date a mailbox still receives, but can no longer send; { $deletion_days } days later it is deleted with everything in it.
    }
}
reminder-price = { $count ->
    [one] Renewing it as it is for one year: <b>{ MONEY($due) }</b>{ $split ->
        [true] {" "}(the public body pays the VAT itself)
       *[false] , VAT included
    }.
   *[other] Renewing all of them as they are for one year: <b>{ MONEY($due) }</b>{ $split ->
        [true] {" "}(the public body pays the VAT itself)
       *[false] , VAT included
    }.
}
reminder-price-unfit = { $count ->
    [one] The space in use no longer fits the present plan: the renewal asks what to do.
   *[other] For some of them the space in use no longer fits the present plan: the renewal asks what to do.
}

## An open order

reminder-awaiting-title = { $expired ->
    [true] { $days ->
        [one] Awaiting your payment: the mailbox expired yesterday
       *[other] Awaiting your payment: the mailbox expired { $days } days ago
    }
   *[false] { $days ->
        [0] Awaiting your payment: the expiry date is today
        [one] Awaiting your payment: the expiry date is tomorrow
       *[other] Awaiting your payment: { $days } days until the expiry date
    }
}

## Automatic renewal

last-day-comes = The reminder on the last day before the deletion always comes.
owed-comes = The notice before an automatic renewal comes all the same: the law requires it.
reminder-automatic-title = { $count ->
    [one] Automatic renewal ahead
   *[other] Automatic renewal ahead for { $count } mailboxes
}
reminder-automatic = There is nothing you have to do. To avoid { $count ->
    [one] the charge, switch automatic renewal off before <b>{ DATE($charge) }</b>: the mailbox stays active
   *[other] the charges, switch automatic renewal off, mailbox by mailbox, before each charge (the first is on <b>{ DATE($charge) }</b>): each mailbox stays active
} until its expiry date.
reminder-automatic-together = { $same ->
    [true] Charges on <b>{ DATE($first) }</b>
   *[false] Charges from <b>{ DATE($first) }</b> to { DATE($last) }
}{ $priced ->
    [true] : <b>{ MONEY($due) }</b> in all{ $split ->
        [yes] {" "}(the public body pays the VAT itself)
        [no] , VAT included
       *[mixed] {""}
    }
   *[false] {""}
}
reminder-automatic-more = { $count ->
    [one] and one more mailbox
   *[other] and { $count } more mailboxes
}{ $priced ->
    [true] , for <b>{ MONEY($due) }</b>
   *[false] {""}
}
reminder-automatic-mailbox =
    <b>{ $address }</b>
    { $plan } plan, expiry date { DATE($expires) }
    Charge: <b>{ LONGDATE($charge) }</b>{ $priced ->
        [true] , <b>{ MONEY($due) }</b>{ $split ->
            [true] {" "}(the public body pays the VAT itself)
           *[false] , VAT included
        }, for { renewal-year-count }
       *[false] {""}
    }
reminder-stop-automatic = Switch off automatic renewal
reminder-stop-automatic-of = Switch off
reminder-not-charged-title = { $count ->
    [one] Your automatic renewal has not been paid
   *[other] { $count } automatic renewals have not been paid
}
reminder-not-charged = If it is only late, nothing else is needed: the expiry date moves once it is received. Otherwise you can switch it off and renew with another payment method. To have it checked: { $operator }, { $email }.
reminder-not-charged-mailbox =
    <b>{ $address }</b>
    Charge due on { DATE($charge) }, payment not received. { $expired ->
        [true] Expired
       *[false] Expiry date:
    } <b>{ DATE($expires) }</b> ({ reminder-when }).
reminder-renew-myself = Switch off and renew

## Not being renewed

reminder-not-renewing-title = { $count } PEC mailboxes that are not being renewed
reminder-not-renewing = { $count ->
    [one] You chose not to renew it
   *[other] You chose not to renew them
}. Download the messages that you need to a computer now, from the webmail or with a mail program (IMAP or POP). There is still time to change your mind.

## Own domain

reminder-own-domain = { $count ->
    [one] It is a mailbox on your own domain: it is renewed with the domain, not here.
   *[other] They are mailboxes on your own domain: they are renewed with the domain, not here.
}
reminder-own-domain-open = Renew the domain

## Deleted

reminder-deleted-title = { $count ->
    [one] Your PEC mailbox has been deleted
   *[other] { $count } PEC mailboxes have been deleted
}
reminder-deleted = { $count ->
    [one] According to our records, the last day to renew it has passed: the mailbox and what it held cannot be recovered.
   *[other] According to our records, the last day to renew them has passed: the mailboxes and what they held cannot be recovered.
} What remains is to buy a new one. The same name can be had again only with the same tax code. If something is not right: { $operator }, { $email }.
reminder-deleted-purchase = Buy a new mailbox

## Buttons

reminder-renew-holder = Renew: { $holder } ({ $count })
reminder-of-mailbox = { $what }: { $address }
reminder-renew-for = Renew for { renewal-year-count } · { MONEY($due) }
reminder-renew-for-short = Renew { renewal-year-count } · { MONEY($due) }
reminder-renew-again = { renewal-year-count } by { $method } · { MONEY($due) }
reminder-renew-all = All for { renewal-year-count } · { MONEY($due) }
reminder-renew-all-short = All, { renewal-year-count } · { MONEY($due) }
reminder-other-choices = Other choices
reminder-later = Later
reminder-mute = Don't remind me
reminder-choose-muted = Choose which to mute

## The first button, where it says term and amount

reminder-named = { $count ->
    [one] The first button renews it as it is{ $again ->
        [true] {""}, like last time
       *[false] {""}
    }: same plan, same space
   *[other] The first button renews all of them as they are{ $again ->
        [true] {""}, like last time
       *[false] {""}
    }: same plans, same space
}{ $split ->
    [true] {" "}(the public body pays the VAT itself)
   *[false] , VAT included
}.
as-it-is-differs = { $priced ->
    [true] { $count ->
        [one] The reminder said <b>{ MONEY($said) }</b>: renewing as it is now costs <b>{ MONEY($now) }</b> for { renewal-year-count }.
       *[other] The reminder said <b>{ MONEY($said) }</b>: there are now { $count } mailboxes to renew, and as they are they cost <b>{ MONEY($now) }</b> for { renewal-year-count }.
    } Choose below.
   *[false] { $count ->
        [one] The mailbox is no longer as the reminder said: check below before you choose.
       *[other] The mailboxes are no longer as the reminder said: check below before you choose.
    }
}
as-it-is-late = { $known ->
    [true] A payment by { $method } would no longer arrive in time: choose below how to pay.
   *[false] Last time's payment method is no longer offered: choose below how to pay.
}

## All mailboxes of a message

list-order-title = Order <code>{ $order }</code>: { $count ->
    [one] <b>{ $count } mailbox</b>, with its new expiry date
   *[other] <b>{ $count } mailboxes</b>, with their new expiry dates
}
list-due-title = { $count ->
    [one] <b>{ $count } mailbox</b> with an expiry date from { DATE($since) } to { DATE($by) }
   *[other] <b>{ $count } mailboxes</b> with expiry dates from { DATE($since) } to { DATE($by) }
}
list-due-none = No mailbox expires any more from { DATE($since) } to { DATE($by) }.

## The security phrase, under every message

message-phrase = Security phrase: <b>{ $phrase }</b>

## Later

later-ask = { $count ->
    [one] When should the expiry date of <b>{ $first }</b> be brought up again?
   *[other] When should the expiry date of these { $count } mailboxes, <b>{ $first }</b> among them, be brought up again?
}
later-too-late = { $count ->
    [one] There is no time left to put off <b>{ $first }</b>: this is the last day.
   *[other] There is no time left to put these mailboxes off: for the first, <b>{ $first }</b>, this is the last day.
}
later-tomorrow = Tomorrow
later-next-week = In a week
later-pick = Choose a date
later-keep = Leave reminders as they are
later-kept = The reminders stay as they are.
later-calendar = Choose a day up to { DATE($limit) }.
later-done = { $count ->
    [one] All right: <b>{ $first }</b> comes up again on <b>{ LONGDATE($on) }</b>.
   *[other] All right: these { $count } mailboxes come up again on <b>{ LONGDATE($on) }</b>.
}{ $last ->
    [true] {" "}The last reminders before the expiry date and before the deletion come all the same.
   *[false] {""}
}
later-out-of-range = That day will not do: choose one from { DATE($first) } to { DATE($limit) }.

## Don't remind me

mute-done =
    Reminders about <b>{ $address }</b> no longer come to this chat, except the last ones: { $steps }.

    Mute those too? Once the mailbox expires it can no longer send; { $deletion_days } days later it is deleted.
mute-step = { $after ->
    [true] { $days ->
        [one] the day after the expiry date
       *[other] { $days } days after the expiry date
    }
   *[false] { $days ->
        [0] on the expiry date
        [one] the day before
       *[other] { $days } days before
    }
}
mute-steps = { LIST($steps) }
mute-all = Mute the last ones too
mute-undo = Switch all reminders on again
mute-all-done = No more reminders about <b>{ $address }</b> come to this chat. You can switch them on again with /settings.
mute-undone = Reminders about <b>{ $address }</b> are on again.

### Cancel: keep the renewal, discard it, or go on.

renewal-leave =
    <b>Stop the renewal?</b>

    { $count ->
        [0] No mailbox is chosen yet.
        [one] It is about <b>{ $first }</b>.
       *[other] It is about { $count } mailboxes, the first is <b>{ $first }</b>.
    } Nothing has been ordered. If you keep it, the choices made so far stay, and it goes on from here.
renewal-leave-nothing =
    <b>Stop here?</b>

    Nothing has been chosen yet.
renewal-leave-return = Go on with the renewal
renewal-leave-keep = Keep for later
renewal-leave-discard = Discard this renewal
renewal-leave-kept =
    <b>The renewal is kept.</b>
    To go on with it: /renew
renewal-leave-discarded =
    <b>The renewal was discarded.</b>
    Nothing has been ordered. To begin another one: /renew
renewal-leave-closed = Nothing has been ordered. To begin again: /renew

## The same, over the chat, when the message cannot be changed

renewal-leave-kept-alert = The renewal is kept. To go on with it: /renew
renewal-leave-discarded-alert = The renewal was discarded. Nothing has been ordered.
renewal-leave-closed-alert = Nothing has been ordered.

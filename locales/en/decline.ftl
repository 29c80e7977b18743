### Not renewing: the decision not to renew a mailbox, and the way back.

decline-open = Don't renew
decline-undo = Undo “not renewing”
decline-renew-anyway = Renew anyway
decline-yes = Don't renew this mailbox
decline-done = All right: this mailbox is not renewed.
decline-undone = Reminders about <b>{ $address }</b> are on again, starting with the next one.
decline-undone-toast = Reminders are on again, starting with the next one.
decline-changed = Something has changed in the meantime: the card says how things stand now.
decline =
    <b>Leave this mailbox to expire?</b>
    { $address }

    { $body }
decline-what-happens = { $expired ->
    [true] It still receives, but can no longer send. <b>After { DATE($deletion) } it is deleted</b>, with everything in it, and cannot be recovered.
   *[false] Until <b>{ DATE($expires) }</b> nothing changes. Then it still receives, but can no longer send. <b>After { DATE($deletion) } it is deleted</b>, with everything in it, and cannot be recovered.
}
decline-save = <b>To save the messages:</b> download them to a computer before then, from the webmail or with a mail program (IMAP or POP){ $archive ->
    [true] , those in the archive too
   *[false] {""}
}. Check that the copy opens.
decline-then = { $count ->
    [0] No more reminders come
    [one] Only one more reminder comes, { $steps }: it says how to undo this
   *[other] Only { $count } more reminders come, { $steps }: they say how to undo this
}. This holds for e-mail and for every linked chat; the others are told at once.
decline-automatic =
    Automatic renewal is <b>on</b>: while it is, the mailbox renews itself.

    Switch it off first; then you can choose not to renew.
decline-automatic-charged =
    The automatic charge was due on <b>{ DATE($charge) }</b> and may have been made: check that you have not paid already.

    To stop renewing, switch it off first.
decline-order = An order is { $ours ->
    [undecided] waiting for the decision on its VAT
   *[other] awaiting payment
}{ $ours ->
    [undecided] , <b>{ $order }</b>: cancel it if you do not want to renew
    [true] , <b>{ $order }</b>: pay it, or cancel it if you do not want to renew
   *[false] , placed by the mailbox's previous customer
}.
decline-not-possible = This can no longer be decided here for this mailbox.
card-declined = <b>Not being renewed</b>, as was chosen. After <b>{ DATE($deletion) }</b> it is deleted, with everything in it. { $count ->
    [0] No more reminders come.
    [one] Only one more reminder comes: { $steps }.
   *[other] Only { $count } more reminders come: { $steps }.
}
message-renewal-decided = { $declined ->
    [true] <b>{ $address }</b> is not being renewed: another chat chose this on { DATE($at) } at { TIME($at) } ({ ZONE($at) }). It expires on { DATE($expires) }; only the last reminder before the expiry date and the last before the deletion will come.

    To undo this: /mailboxes. If something is wrong: { $operator }, { $email }.
   *[false] Reminders about <b>{ $address }</b> were switched on again by another chat on { DATE($at) } at { TIME($at) } ({ ZONE($at) }): it is no longer being left to expire.
}
mail-reminder-not-renewing = To change your mind, renew with the button below. To have only the reminders back: in the chat, with /mailboxes.

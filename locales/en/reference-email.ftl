### Changing the reference e-mail: in the renewal, by e-mail, on the page that undoes the change.

renewal-email =
    <b>Reference e-mail</b>

    { $question }
renewal-email-question =
    Type the new address: a 6-digit code arrives there, to be typed in this chat. Until then the current one stays, for the order too, and the renewal can go on.

    There is one reference e-mail: it gets notices, reminders and codes for all mailboxes of the same customer. An ordinary address is better than the PEC mailbox that expires.
renewal-email-not-here = It cannot be changed here: a new address needs a code sent by e-mail, and { $operator } sends no e-mail with this service. To change it, write to { $email } or call { $phone }. Meanwhile the renewal goes on with the current address.
renewal-email-unchanged = That is the reference e-mail already. Type another one, or go back with the button.
renewal-email-code =
    <b>6-digit code</b>

    { $question }
renewal-email-code-question =
    The code is on its way to <b>{ $address }</b>. Type it here: it works until <b>{ TIME($until) }</b>.

    It may take a few minutes: look in the spam folder too. With <b>Back</b> the renewal goes on with { $now }; the code can be typed here later as well.
renewal-email-waiting = <b>{ $address }</b> waits for its code.
renewal-email-changed = Done: the reference e-mail is <b>{ $address }</b> now. The previous address gets an e-mail about it.

## The code by e-mail

mail-email-code-subject = Code for the new reference e-mail, { $operator }
mail-email-code-title = Code for the new reference e-mail
mail-email-code-opening = In a Telegram chat somebody asked to use this address as reference e-mail at { $operator }: it will get notices and reminders about PEC mailboxes, the orders, and the codes to get in.
mail-email-code-nobody-asks = Nobody asks for this code by phone or by e-mail, { $operator } included: whoever does wants to use your address in your place.

## The e-mail to the address before

mail-email-changed-subject = The reference e-mail has changed, { $operator }
mail-email-changed-preview = If that was not wanted, it can be undone until { DATE($until) }.
mail-email-changed-title = The reference e-mail has changed
mail-email-changed-opening = On { DATE($at) } at { TIME($at) }, in a linked Telegram chat, the reference e-mail at { $operator } was changed. Notices, reminders, orders and codes to get in go to the new address now, and no longer to this one.
mail-email-changed-fine = If the change was wanted, there is nothing to do.
mail-email-changed-section = If it was not wanted
mail-email-changed-undo = With this link the previous address becomes the reference e-mail again at once. It works until { DATE($until) } at { TIME($until) }.
mail-email-changed-button = Undo the change
mail-email-changed-write = To come back to this address, write to { $operator }: { $email }, { $phone }.
mail-email-changed-chats = Whoever changed the address can see mailboxes and orders from their chat: to have it removed, write to { $operator }: { $email }.

## The e-mail to the address that was taken away

mail-email-restored-subject = The change of the reference e-mail was undone, { $operator }
mail-email-restored-title = The change of the reference e-mail was undone
mail-email-restored-opening = On { DATE($at) } at { TIME($at) } the change was undone from the previous address, which is the reference e-mail at { $operator } again. No more reminders go to this address.
mail-email-restored-help = If that is not right, write to { $operator }: { $email }, { $phone }.

## In chats

message-email-changed =
    ✉️ <b>The reference e-mail has changed</b>

    { DATE($at) } at { TIME($at) }: another linked chat changed the e-mail address that gets notices, reminders, orders and codes to get in. The previous address got an e-mail about it.

    If the change was not wanted, write to { $operator }: { $email }.
message-email-restored =
    ✉️ <b>The previous reference e-mail is back</b>

    { DATE($at) } at { TIME($at) }: the change was undone from the previous e-mail address. Notices, reminders, orders and codes to get in go there again.

    If that is not right, write to { $operator }: { $email }.

## The page

email-undo-title = Undo the change of address?
email-undo-about = On { DATE($at) } at { TIME($at) } the reference e-mail was changed. If you undo it, notices, reminders, orders and codes to get in go again to the address that got this link.
email-undo-button = Undo the change
email-undo-done-title = The change is undone
email-undo-done = The address that got the link is the reference e-mail again.
email-undo-chats = Whoever changed the address can see mailboxes and orders from their chat. To have it removed, write to { $operator }: { $email }.
email-undo-over-title = The link no longer works
email-undo-over = The link worked for seven days, and only while the new address was in use. To change the reference e-mail, write to { $operator }: { $email }.
email-undo-unknown-title = Link not valid
email-undo-unknown = The link is incomplete, or not from { $operator }. The right one is in the e-mail that announced the change; or write to { $email }.

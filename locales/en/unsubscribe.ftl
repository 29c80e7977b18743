### The page where reminders by e-mail are chosen: the link at the end of each opens it. It names nobody.

unsubscribe-title = Reminders by e-mail
unsubscribe-about = Which e-mails to send about the expiry dates of your PEC mailboxes. Reminders in the { -product } chat are chosen separately, with the command /settings. { last-day-comes } { owed-comes }
unsubscribe-all = All reminders
unsubscribe-all-what = { $days ->
    [one] From the day before the expiry date on.
   *[other] From { $days } days before the expiry date on.
}
unsubscribe-last = Only the last ones
unsubscribe-last-what = { $steps }.
unsubscribe-none = No reminders
unsubscribe-none-what = An expiry date may pass with no e-mail about it.
unsubscribe-now = Current choice
unsubscribe-kept = Saved: { $level ->
    [all] you get all reminders.
    [last] you get only the last reminders.
   *[none] you get no reminders.
}
unsubscribe-sure-title = Not even the last ones?
unsubscribe-sure = An expired mailbox still receives, but can no longer send; { $deletion_days } days after its expiry date it is deleted with everything in it. The last reminders are there so that you do not find out too late. { last-day-comes } { owed-comes }
unsubscribe-sure-yes = No reminders, not even the last ones
unsubscribe-unknown-title = This link is not valid
unsubscribe-unknown = The link is incomplete, or is not one of { $operator }. The right one is at the end of each reminder; or write to { $email }.
unsubscribe-unclear-title = This request is not valid
unsubscribe-unclear = Nothing was changed. Try again from the link at the end of any reminder, or write to { $email }.
unsubscribe-help = For help: { $email }, { $phone }

## The link that undoes, in the e-mail of confirmation

unsubscribe-undo-title = Undo this choice
unsubscribe-undo-what = No reminders come by e-mail now. If you undo this choice, { $level ->
    [last] only the last reminders come again, as before.
   *[all] all reminders come again, as before.
}
unsubscribe-undo = { $level ->
    [last] Get the last reminders again
   *[all] Get all reminders again
}
unsubscribe-undone = Choice undone: { $level ->
    [last] you get only the last reminders.
   *[all] you get all reminders.
}
unsubscribe-undo-late = Nothing was changed: another choice was made after the one of this link. Now { $level ->
    [all] you get all reminders.
    [last] you get only the last reminders.
   *[none] you get no reminders.
}
unsubscribe-undo-elsewhere = To choose again, use the link at the end of any reminder, even an old one.

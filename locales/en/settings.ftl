### The chat's settings: language, reminders, security phrase.

settings-menu =
    <b>Settings</b>

    { $body }
settings-line-language = Language: <b>{ language-name }</b>
settings-line-steps = Reminders: <b>{ $wanted }</b> of { $steps }
settings-line-muted = Muted mailboxes: { $muted ->
    [0] <b>none</b>
   *[other] <b>{ $muted }</b> of { $count }
}
settings-line-put-off = Reminders put off: { $count ->
    [0] <b>none</b>
   *[other] <b>{ $count }</b>
}
settings-line-phrase = Security phrase: { $chosen ->
    [true] <b>set</b>
   *[false] <b>not set yet</b>
}
settings-line-mail = E-mail: { $by_mail ->
    [too] reminders come <b>by e-mail too</b>, to the reference address.
    [always] reminders <b>always come by e-mail too</b>, to the reference address.
   *[unreachable] reminders come by e-mail <b>only once this chat can no longer be reached</b>.
}
settings-unlinked = This chat is not linked to a customer yet; reminders can be set up once it is. Use /start to see how to link it.
settings-language = Language
settings-steps = Reminders
settings-mailboxes = Mailboxes
settings-put-off = Put off ({ $count })
settings-phrase = Security phrase
settings-mail = Reminders by e-mail too

## Language

settings-language-choose =
    <b>Language</b>

    Which language shall we continue in? Reminders will use it as well.

## Which reminders

settings-steps-page =
    <b>Reminders</b>
    For all mailboxes of this chat: <b>{ $wanted }</b> reminders of { $count }.
    <blockquote expandable>{ last-day-comes } Switching off the last ones, before the expiry date and before the deletion, takes one more confirmation.{ $automatic ->
        [true] {" "}{ owed-comes }
       *[false] {""}
    }{ $differ ->
        [true] {" "}Days after the expiry date are those of the mailboxes that are deleted first: for the others they fall later, in proportion.
       *[false] {""}
    }</blockquote>
settings-step-off =
    <b>Switch this reminder off?</b>

    { $after ->
        [true] This one (<b>{ $step_words }</b>) is the last before the deletion: { $deletion_days } days after its expiry date the mailbox is deleted with everything in it.
       *[false] This one (<b>{ $step_words }</b>) is among the last before the expiry date. An expired mailbox can no longer send; { $deletion_days } days later it is deleted with everything in it.
    }{"\u000A\u000A"}{ last-day-comes }{ $automatic ->
        [true] {" "}{ owed-comes }
       *[false] {""}
    }
settings-step-off-yes = Switch it off
settings-step-off-no = Leave it on

## Mailboxes

settings-mailboxes-list =
    <b>Mailboxes</b>

    How many reminders about each mailbox come to this chat. Tap one to change that.
settings-mailboxes-none =
    <b>Mailboxes</b>

    There is no mailbox whose expiry date could be brought up.
settings-put-off-list =
    <b>Reminders put off</b>

    The mailboxes whose next reminder was put off to another day.
settings-put-off-none =
    <b>Reminders put off</b>

    No reminder has been put off.
settings-mailbox-choice = { $address } · { $heard ->
    [all] all
    [last] last only
   *[none] none
}
settings-mailbox-put-off-choice = { $address } · from { DAY($until) }
settings-mailbox =
    <b>{ $address }</b>
    { $expired ->
        [true] Expired: { LONGDATE($expires) }
       *[false] Expiry date: { LONGDATE($expires) }
    }
    { $body }
settings-mailbox-declined = <b>Not being renewed</b>, as was chosen: only the last reminder before the expiry date and the last before the deletion come. To change this: /mailboxes.
settings-mailbox-heard = { $heard ->
    [all] <b>All the reminders</b> you chose come to this chat.
    [last] <b>Only the last</b> reminders come to this chat: { $steps }.
   *[none] <b>No reminders</b> come to this chat.
}
settings-mailbox-put-off = The next reminder is put off to <b>{ LONGDATE($until) }</b>.{ $last ->
    [true] {" "}The last ones, before the expiry date and before the deletion, come all the same.
   *[false] {""}
}
settings-heard = { $heard ->
    [all] All reminders
    [last] Only the last ones
   *[none] No reminders
}
settings-mailbox-day = { $is_put_off ->
    [true] Choose another day
   *[false] Put the next reminder off
}
settings-mailbox-resume = Back to the usual reminders
settings-mailbox-steps = Reminder days
settings-mailbox-switch = Automatic renewal
settings-mailbox-automatic = { $on ->
    [true] Automatic renewal: <b>on</b>. Charge: { DATE($charge) }.
   *[false] Automatic renewal: <b>off</b>.
}
settings-automatic = { $body }
settings-silence =
    <b>No reminders about this mailbox?</b>

    { $last ->
        [true] Not even the last ones about <b>{ $address }</b> would come any more: { $steps }.
       *[false] Nothing about <b>{ $address }</b> would come to this chat any more.
    } Once the mailbox expires it can no longer send; { $deletion_days } days later it is deleted with everything in it.{"\u000A\u000A"}{ $declined ->
        [true] {""}
       *[false] { last-day-comes }
    }{ $automatic ->
        [true] {" "}{ owed-comes }
       *[false] {""}
    }
settings-silence-yes = Mute it altogether
settings-silence-no = Leave reminders as they are
settings-day =
    <b>Another day</b>

    On which day should the expiry date of <b>{ $address }</b> be brought up? Any day up to { DATE($limit) } will do.

## Security phrase

settings-phrase-page =
    <b>Security phrase</b>

    { $body }
settings-phrase-why =
    Fake renewal reminders are the commonest fraud around PEC. Every genuine message shows the phrase: in this chat the one set here, in e-mails that of the first linked chat that has one. A message without it, or with another, is fake.

    Tell it to nobody: not even { $operator } asks for it.
settings-phrase-none = No phrase is set yet.
settings-phrase-now = Now: <b>{ $phrase }</b>
settings-phrase-how = { $chosen ->
    [true] To change it, type another one in a message
   *[false] To set one, type it in a message
}: { $shortest } to { $longest } characters, on a single line.
settings-phrase-unusable = “<b>{ $value }</b>” will not do: the phrase needs { $shortest } to { $longest } characters, on a single line. Type another one.
settings-phrase-remove = Remove the phrase
settings-phrase-remove-ask =
    <b>Remove the security phrase?</b>

    Without <b>{ $phrase }</b> a genuine message can no longer be told from a fake one.
settings-phrase-remove-yes = Remove the phrase
settings-phrase-remove-no = Leave it as it is

## Reference e-mail

settings-email = Reference e-mail
settings-email-page =
    <b>Reference e-mail</b>

    { $body }
settings-email-now = At present: <b>{ $address }</b>{ $count ->
    [0] {""}
    [one] , for the mailbox { $first }
   *[other] , for { $count } mailboxes, among them { $first }
}.
settings-email-question =
    It gets notices, reminders, orders and the codes to get in. To change it, type the new address here: a 6-digit code is sent to it, and the present one stays until you type the code in this chat.

    Better an ordinary address than the PEC mailbox that expires.
settings-email-not-here = It cannot be changed here: a new address needs a code sent by e-mail, and { $operator } does not send e-mail with this service. To change it, write to { $email } or call { $phone }.
settings-email-waiting = <b>{ $address }</b> is waiting for its code.
settings-email-enter = Enter the code
settings-email-other = Change { $address }
settings-email-code-question =
    The code is on its way to <b>{ $address }</b>. Type it here: it works until <b>{ TIME($until) }</b>.

    It may take a few minutes; look in the spam folder too. Until then { $now } stays.

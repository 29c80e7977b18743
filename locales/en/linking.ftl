### Linking the chat by e-mail: the address, then the code. What can be read never depends on who is known.

button-link = Link by e-mail
link-or-by-email = You can also link this chat with a code sent to the reference e-mail.
link-by-notice =
    To add a customer to this chat, open the <b>Renew</b> button of an expiry reminder that the customer received.

    If you cannot find the reminder, { $operator } can send another: { $email }, { $phone }.
link-done = Done: this chat is linked.

## The address

linking-email =
    🔗 <b>{ $bound ->
        [true] Add a customer to this chat
       *[false] Link this chat
    }</b>

    { $question }
linking-email-question = Type the reference e-mail here: the address that { $operator } sends its reminders to, not the PEC mailbox. If the address is known, a 6-digit code is sent there for you to type in this chat.
linking-email-notice = If you have an expiry reminder, you can open its <b>Renew</b> button instead.
linking-no-passwords = You will never be asked for the mailbox password, the account password or card details.

## The code

linking-code =
    🔗 <b>6-digit code</b>

    { $question }
linking-code-question =
    If that is the reference e-mail of a customer, the code is on its way. Type it here: it works until <b>{ TIME($until) }</b>.

    It may take a few minutes. If you cannot see it, look in the spam folder, or check that you typed the address to which the reminders come.
linking-code-again = Another code was asked for: the one before no longer works.
linking-code-gone = No code is valid at the moment. You can ask for another.
linking-code-wrong = { $left ->
    [0] The code is not right.
    [one] The code is not right: <b>{ $left } attempt</b> left.
   *[other] The code is not right: <b>{ $left } attempts</b> left.
}
linking-code-form = The code has 6 digits, such as <code>048213</code>. This message does not count as an attempt.
linking-another-code = Send another code
linking-other-address = Change the address

## When it is not possible

linking-paused = { $reason ->
    [wrong-codes] There were too many wrong codes. For safety, you can ask for another and type it here in <b>{ $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }</b>.
    [many-strangers] Enough codes were asked for today for this address. You can ask for another from <b>{ TIME($until) }</b> on <b>{ DATE($until) }</b>. If it is the reference e-mail, the e-mails with codes that have arrived already have a link that links this chat without a code: it works for a day.
   *[many-codes] Enough codes were asked for in the last hour. You can ask for another in <b>{ $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }</b>.
}
linking-text-only = The answer has to be typed in a message: pictures, voice messages and other attachments cannot be read here.
linking-command = There is no such command. To leave, use the button below.

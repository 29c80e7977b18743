### Getting in, commands, messages outside the dialogs.

## Start

start-operator =
    <b>{ -product }, for the operator</b>

    Alerts arrive in this chat: the payments that need a person, one by one.

button-renew = Renew
button-resume = Resume the renewal
button-go-on = Continue
button-start-afresh = Start again
button-discard = Discard this renewal
button-mailboxes = My mailboxes
button-orders = My orders
button-open-order = View the order

## Linking

link-unknown =
    This link is not valid. It may have been copied only in part: open it again from the button in the reminder.

    If that does not help, { $operator } can send a new one: { $email }, { $phone }.
link-used =
    This link has been used already: each one works once.

    To link another chat, ask { $operator } for a new reminder: { $email }, { $phone }.
link-expired =
    This link has expired.

    { $operator } can send a new one: { $email }, { $phone }.
link-add-customer =
    This chat already serves a customer. The link adds another one: you will see and renew that customer's mailboxes here as well.

    Add it?
link-add-yes = Add the customer
link-add-no = Do not add
link-added = The customer has been added to this chat.
link-not-added = No customer was added. The link stays valid until it expires.

unlink-ask =
    Unlink this chat? Mailboxes and orders will no longer be visible here, and an unfinished renewal will be discarded. Orders already placed remain valid.
unlink-yes = Unlink the chat
unlink-no = Leave everything as it is
unlink-done = Chat unlinked. To come back, open a new expiry reminder.
unlink-kept = Nothing has changed.
unlink-nothing = This chat is not linked to any customer.

## Commands

help =
    <b>How to renew</b>
    Use the <b>Renew</b> button of a reminder, or /renew. You confirm the mailbox, the plan, your details and the payment method; the order is placed only by the last button.

    <b>Commands</b>
    /renew – renew a mailbox
    /mailboxes – mailboxes and expiry dates
    /calendar – expiry dates for your calendar
    /orders – orders and how to pay them
    /cancel – interrupt the renewal in progress
    /settings – reminders, security phrase, language
    /language – change language
    /withdraw – withdraw from an order
    /privacy – personal data
    /link – link the chat, or add a customer
    /unlink – unlink this chat

    <b>Support</b>
    { $operator }, { $email }, { $phone }, { $website }
privacy =
    <b>Personal data</b>
    The data controller is <b>{ $operator }</b>, { $email }.

    <b>What and why</b>: the identifier of this chat and your choices, to answer you and to remind you of expiry dates; the registrant details, mailboxes, orders and payments, for the renewal and the invoice. They are stored encrypted.

    <b>Until when</b>: those of the chat as long as it is linked or until you delete them; those of the customer as long as there are mailboxes to manage or until they are deleted on request; the evidence of orders and notices for { $years } years, as the law requires.

    To correct them: /settings, or write to { $email }.
privacy-send = Send me my data
privacy-delete = Delete my data
privacy-notice = Privacy notice (version { $version })
language-choose = Which language shall we continue in?
language-name = English
language-chosen = We continue in English from now on.
cancel-nothing = There is no renewal in progress.
cancel-ask = The renewal is paused and its choices are kept. You can resume it when you like, or discard it.
discard-ask = Discard the renewal in progress? Its choices will be lost; no order has been placed.
discard-yes = Discard the renewal
discarded = Renewal discarded. No order was placed.
renewal-unfinished =
    { $count ->
        [0] There is already an unfinished renewal.
        [one] There is already an unfinished renewal: <b>{ $first }</b>.
       *[other] There is already an unfinished renewal of { $count } mailboxes, the first being <b>{ $first }</b>.
    }
    Resume it, or start again?
renewal-goes-on = The renewal already begun goes on where it was left, with the same choices.
renewal-left-by-deleted = { $count ->
    [one] The mailbox <b>{ $first }</b> has been deleted: it is no longer part of this renewal. Your other choices are kept.
   *[other] { $count } mailboxes, among them <b>{ $first }</b>, have been deleted: they are no longer part of this renewal. Your other choices are kept.
}
renewal-left-by-gone = { $count ->
    [one] The mailbox <b>{ $first }</b> is no longer among those managed here: it is no longer part of this renewal. Your other choices are kept.
   *[other] { $count } mailboxes, among them <b>{ $first }</b>, are no longer among those managed here: they are no longer part of this renewal. Your other choices are kept.
}
renew-no-mailboxes =
    No mailbox is linked. If this looks wrong, { $operator } can check: { $email }, { $phone }.

## Mailboxes

mailboxes-none = No mailbox is linked to this chat.
mailboxes-list =
    <b>{ $count ->
        [one] Your mailbox
       *[other] Your { $count } mailboxes
    }</b>
mailboxes-automatic = Automatic renewal
mailboxes-line =
    <b>{ $address }</b>
    { $plan } · { $late ->
        [true] expired on { DATE($expires) } ({ $overdue ->
            [one] yesterday
           *[other] { $overdue } days ago
        })
       *[false] expires on { DATE($expires) } ({ $days ->
            [0] today
            [one] tomorrow
           *[other] in { $days } days
        })
    }{ $blocker ->
        [none] {""}
        [declined] {" "}· not being renewed
        [deleted] {" "}· deleted
        [own-domain] {" "}· renewed with its domain
        [open-order] {" "}· order awaiting payment
        [too-early] {" "}· cannot be renewed yet
       *[auto-renew] {" "}· automatic renewal on
    }
mailboxes-line-gone =
    <b>{ $address }</b>
    { $plan } · no longer managed here

## When something goes wrong

hint-commands = It is not clear what to do with this message. Use /renew to renew a mailbox, or /help to see everything else.
hint-tap = To go on, tap one of the buttons below.
hint-old-button = This button is no longer valid. Use /start to begin again.
groups-private-only = { -product } answers in private chats only, so it cannot stay here.
error-draft-discarded = This renewal was discarded. You can begin another.
error-draft-ordered = This renewal has already become order <b>{ $order }</b>.
error-screen-outdated = This screen belongs to an earlier conversation. The choices made so far are kept.
error-not-found = Not found, or not linked to this chat.
error-mailbox-blocked = A mailbox of this renewal can no longer be renewed here: the message says why, and what can be done.
error-no-more-reminders = No more reminders come for this mailbox: /mailboxes shows why.
error-order-not-open = The order is no longer awaiting payment.
error-order-part-paid = Part of the amount has already arrived: the order can no longer be cancelled or paid in another way, but its payment can be completed.
error-terms-changed = Something has changed meanwhile: read it again and confirm.
error-not-possible = This choice is not possible. Use /start to see what you can do.
error-not-shown = Telegram is not answering at the moment. What was done stays done: please try again shortly.
error-unexpected = Something did not work. Nothing has been lost: please try again shortly.

## Telegram's list of commands

command-renew = Renew a PEC mailbox
command-mailboxes = Mailboxes and expiry dates
command-orders = Orders and payments
command-settings = Reminders, security phrase, language
command-withdraw = Withdraw from an order
command-help = How it works
command-privacy = Personal data
profile-description =
    Renews the PEC mailboxes of { $operator }: plan, space, details, payment and order, step by step.

    A program answers. It never asks for passwords or card details.
profile-about = Renewal of PEC mailboxes by { $operator }. A program answers.

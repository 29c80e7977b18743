### Deleting all the data of a customer: two steps and a code by e-mail; the confirmation.

leaving-not-here = It is no longer possible from this chat: write to { $operator }, { $email }.

## Whose

leaving-whose = <b>Of which customer shall all the data be deleted?</b>
leaving-customer = { $count ->
    [0] Without mailboxes
    [one] { $address }
   *[other] { $address } · { $count }
}
leaving-others = Another customer

## What follows

leaving-terms =
    <b>Delete all the data of the customer?</b>

    { $body }
leaving-goes = <b>Deleted are</b>{ $mailboxes ->
    [0] {""}
    [1] {" "}the mailbox <b>{ $first }</b>,
    [2] {" "}the mailboxes <b>{ $first }</b> and one more,
   *[other] {" "}the mailboxes <b>{ $first }</b> and { $more } more,
} holders and contacts, the reference e-mail, the link with this chat, choices, messages and unfinished renewals.
leaving-stays = <b>Kept until { DATE($until) }</b>, { $years } years by law (art. 2220 Civil Code), are { $orders ->
    [0] {""}
    [one] one order with payments and invoices,{" "}
   *[other] { $orders } orders with payments and invoices,{" "}
}the notices owed and this request, with their evidence.
leaving-lives = { $count ->
    [one] The PEC mailbox stays active until its expiry date
   *[other] The PEC mailboxes stay active until their expiry dates
}: it can no longer be renewed from here, and no more reminders will come.
leaving-final = It cannot be undone. It takes a code, sent to <b>{ $email }</b>.
leaving-send = Send the code

## What stands against it

leaving-not-yet = It is not possible now:
leaving-against = { $why ->
    [open_order] – order <b>{ $name }</b> is still open: in /orders it can be paid or, if nothing has arrived, cancelled.
    [money] – of order <b>{ $name }</b> a sum is to be given back or clarified: it will be possible once that is settled.
    [unseen] – the renewal paid with order <b>{ $name }</b> does not show yet: it will be possible once it does.
    [automatic] – automatic renewal of <b>{ $name }</b> is on: switch it off in /mailboxes.
    [pending] – { $operator } has something to clarify about this customer: write to { $email }.
    [several_chats] – other chats are linked to the same customer: write to { $operator }, { $email }.
    [email_changed] – the reference e-mail changed recently: for safety it will be possible after { DATE($until) }.
   *[no_mail] – it takes a code by e-mail, and { $operator } sends none with this service: write to { $email }.
}

## The code

leaving-code =
    <b>6-digit code</b>

    { $question }
leaving-code-question =
    The code is on its way to <b>{ $address }</b>, and works until <b>{ TIME($until) }</b>.

    <b>When you type it here, everything is deleted at once</b>, and it cannot be undone. If you cannot see the e-mail, look in the spam folder.
leaving-done =
    <b>Done: all the data of the customer were deleted</b> on { DATE($at) } at { TIME($at) }.

    { $orders ->
        [0] Notices owed by law
        [one] The order, notices owed by law
       *[other] The orders, notices owed by law
    } and this request are kept until { DATE($until) }. An e-mail confirms it. No more reminders of its PEC mailboxes will come here.

## The code by e-mail

mail-leaving-code-subject = Code to delete the data, { $operator }
mail-leaving-code-title = Code to delete all the data
mail-leaving-code-opening = In a Telegram chat somebody asked to delete all the data that { $operator } keeps of this customer: PEC mailboxes, holders, contacts and reminders. <b>Whoever types the code in that chat deletes them at once</b>, and it cannot be undone.
mail-leaving-code-nobody-asks = Nobody asks for this code by phone or by e-mail, { $operator } included.

## The confirmation

mail-forgotten-subject = The data were deleted, { $operator }
mail-forgotten-title = The data were deleted
mail-forgotten-opening = On { DATE($at) } at { TIME($at) } { $operator } deleted, as requested, all the data of the customer with this reference e-mail: holders, contacts, mailboxes, choices and reminders.
mail-forgotten-boxes = The PEC mailboxes stay active until their expiry dates, but no more reminders will come: this is the last e-mail.
mail-forgotten-section = What is kept, and until when
mail-forgotten-stays = By law (art. 2220 Civil Code), kept until { DATE($until) } are { $orders ->
    [0] {""}
    [one] one order with payments and invoices,{" "}
   *[other] { $orders } orders with payments and invoices,{" "}
}the notices owed and the request to delete, with their evidence.
mail-forgotten-help = If the request was not yours, write to { $operator } at once: { $email }, { $phone }.
message-customer-forgotten =
    <b>The data of the customer were deleted</b>

    { DATE($at) } at { TIME($at) }: as requested, { $operator } deleted holders, contacts, mailboxes, choices and reminders. By law, kept until { DATE($until) } are { $orders ->
        [0] {""}
        [one] one order with payments and invoices,{" "}
       *[other] { $orders } orders with payments and invoices,{" "}
    }the notices owed and the request.

    If that is not right, write to { $operator }: { $email }.

### Messages that come by themselves, in the chat and by e-mail: payments, renewals, orders that expire. Same sentences.

message-see-order = View the order
message-all-mailboxes = View all mailboxes
message-renew = Renew
message-renewal-of = { $count ->
    [one] Renewal of <b>{ $first }</b>
   *[other] Renewal of { $count } mailboxes, among them <b>{ $first }</b>
}

## Renewal completed

message-completed-title = Renewal completed
message-completed =
    ✅ <b>{ message-completed-title }</b>

    { $body }
message-completed-mailbox =
    <b>{ $address }</b>
    New expiry date: <b>{ $alone ->
        [true] { LONGDATE($expiry) }
       *[false] { DATE($expiry) }
    }</b>
    { $active }
message-completed-line = { $address }: <b>{ DATE($expiry) }</b>
message-completed-count =
    { $count ->
        [one] <b>{ $count } mailbox renewed</b>, with its new expiry date:
       *[other] <b>{ $count } mailboxes renewed</b>, with their new expiry dates:
    }
message-completed-more = { $count ->
    [one] and one more mailbox
   *[other] and { $count } more mailboxes
}
message-completed-paid = Order <code>{ $order }</code>, paid: <b>{ MONEY($due) }</b>
message-active = { $plan } plan: { GB($mailbox) } mailbox{ $archives ->
    [true] , { GB($archive) } archive
   *[false] {""}
}
message-active-plan = { $plan } plan
message-archives-closing = { $count ->
    [one] With the change of plan, once the renewal is completed the archive of <b>{ $first }</b> is closed and the messages in it are deleted.
   *[other] With the change of plan, once the renewal is completed the archives of { $count } mailboxes are closed and the messages in them are deleted.
}
message-archives-closed = { $count ->
    [one] As confirmed in the order, the archive of <b>{ $first }</b> has been closed, with the messages in it.
   *[other] As confirmed in the order, the archives of { $count } mailboxes have been closed, with the messages in them.
}
message-auto-renewal = Automatic renewal: <b>on</b>{ $dated ->
    [true] {" "}since { DATE($at) } at { TIME($at) } ({ ZONE($at) })
   *[false] {""}
}. Next charge: { $same ->
    [true] <b>{ DATE($first) }</b>
   *[false] from <b>{ DATE($first) }</b> to <b>{ DATE($last) }</b>, in all
}, <b>{ MONEY($due) }</b>, for { renewal-year-count }; before that, it can be switched off with /mailboxes.
message-kit = Digital signature kit included in the order: { $kit }
message-surplus = <b>{ MONEY($refund) }</b> more than was due has arrived: { $operator } will refund it.

## Partial payment

message-partial-title = Payment received in part
message-partial =
    🧾 <b>{ message-partial-title }</b>

    { $body }
message-partial-received = A payment of <b>{ MONEY($paid) }</b> has been received for order <code>{ $order }</code>{ $several ->
    [true] : { MONEY($received) } in all, out of { MONEY($due) }
   *[false] , out of { MONEY($due) }
}.
message-partial-missing = <b>{ MONEY($missing) }</b> remains to be paid.
message-partial-completes = The renewal is complete once this amount is received too: until then the expiry date does not change.

## The confirmation of an order that is no longer true

message-confirmation-over =
    🧾 <b>Order <code>{ $order }</code></b>

    { $stands ->
        [part-paid] { MONEY($paid) } has been received, <b>{ MONEY($missing) } is missing</b>: the order shows how to pay it.
        [awaiting] <b>To be paid: { MONEY($missing) }</b>. The order shows how.
        [completed] The payment has been received: <b>there is nothing more to pay</b>.
       *[over] <b>It is no longer to be paid</b>: the order shows why.
    }

## Invoice

message-invoice-title = { $document ->
    [credit_note] A credit note has been issued
   *[invoice] The invoice has been issued
}
message-invoice =
    🧾 <b>{ message-invoice-title }</b>

    { $body }
message-invoice-what = { $document ->
    [credit_note] Credit note
   *[invoice] Invoice
} <b>{ $number }</b> of <b>{ DATE($issued) }</b>, for order <code>{ $order }</code>
invoice-read = { $document ->
    [credit_note] Open the credit note
   *[invoice] Open the invoice
}

## Another payment method

message-method-title = Order { $order } is paid in another way
message-method =
    🧾 <b>{ message-method-title }</b>
    { $body }
message-method-what = The method was changed: the order is now paid by <b>{ $method }</b>. A payment already on its way counts, and need not be repeated.

## An order about to expire

message-expiring-title = Order { $order } awaits payment
message-expiring =
    ⏳ <b>{ message-expiring-title }</b>

    { $body }
message-expiring-due = { $some ->
    [true] { MONEY($received) } has been received for the order: <b>{ MONEY($missing) }</b> remains to be paid.
   *[false] The payment of <b>{ MONEY($missing) }</b> has not been received yet.
}
message-expiring-on-its-way = If the payment is already on its way, nothing else is needed: the confirmation arrives once it is received.

## An order with a mailbox that is gone

message-gone-title = Order { $order }: no longer to be paid
message-gone =
    ⛔ <b>{ $title }</b>

    { $body }

## An expired order

message-expired-title = Order { $order } has expired
message-expired =
    ⌛ <b>{ message-expired-title }</b>

    { $body }
message-expired-why = The payment of <b>{ MONEY($due) }</b> was not received{ $some ->
    [true] {" "}in full
   *[false] {""}
} by <b>{ LONGDATE($until) }</b>, and the order can no longer be paid.
message-expired-gone = { $count ->
    [one] <b>{ $first }</b> could be saved until { DATE($last_day) }: it is now being deleted, with everything in it. The same name can be had only with a new purchase and for the same tax code: <a href="{ $url }">new mailbox</a>.
   *[other] { $count } mailboxes, the first is <b>{ $first }</b>, are past the last day on which they could be saved: they are now being deleted, with everything in them. The same names can be had only with a new purchase and for the same tax code: <a href="{ $url }">new mailbox</a>.
}
message-expired-renewable = { $count ->
    [one] <b>{ $first }</b> can still be renewed with a new order, until <b>{ DATE($until) }</b>; then it is deleted, with everything in it.
   *[other] { $count } mailboxes, the first is <b>{ $first }</b>, can still be renewed with a new order, the first until <b>{ DATE($until) }</b>; then they are deleted, with everything in them.
}
message-if-already-paid = { $some ->
    [true] The { MONEY($received) } already received is not lost: { $operator } will refund it. For information: { $email }.
   *[false] If you have already paid, the money is not lost: { $operator } sees it arrive and settles it. For information: { $email }.
}

## A cancelled order

message-cancelled-title = Order { $order } is cancelled
message-cancelled-what = The order was cancelled on request and is no longer to be paid.{ $count ->
    [0] {""}
    [one] {" "}<b>{ $first }</b> keeps its expiry date of <b>{ DATE($expires) }</b> and can be renewed with a new order.
   *[other] {" "}The { $count } mailboxes keep the expiry dates they had, the nearest on <b>{ DATE($expires) }</b>, and can be renewed with a new order.
}

## Another chat

message-chat-joined =
    🔗 <b>Another chat has been linked</b>

    { DATE($at) } at { TIME($at) }: another Telegram chat has been linked to { $count ->
        [one] the mailbox <b>{ $first }</b>
       *[other] the same { $count } mailboxes, among them <b>{ $first }</b>
    }. From that chat, mailboxes and orders can be seen, and renewals made.

    If you do not know whose it is, write to { $operator }: { $email }.

## No reminders by e-mail

message-mail-silenced =
    🔕 <b>No reminders by e-mail</b>

    { DATE($at) } at { TIME($at) }: somebody asked for no more reminders by e-mail{ $count ->
        [0] {""}
        [one] , about the mailbox <b>{ $first }</b>
       *[other] , about { $count } mailboxes, among them <b>{ $first }</b>
    }. They go on in this chat.

    The confirmation e-mail, sent to the reference address, has a link to undo this. If you know nothing about it, write to { $email }.

## To the operator: a payment to look at

message-review =
    🔎 <b>Payment to look at</b>

    { $reason ->
        [unknown_order] No order has this number.
        [collective_changed] An order of the collective number is no longer to be paid: its part is to be decided.
        [several_orders] It names more than one order.
        [other_currency] It is in another currency: it does not count for the order.
        [order_cancelled] The order is cancelled.
        [order_undecided] What the order costs is not decided yet: its VAT is open.
        [order_expired] The order has expired.
        [order_withdrawn] The customer has withdrawn from the order: all of it is to be refunded.
        [mailbox_deleted] A mailbox of the order was deleted meanwhile.
        [told_twice] The bank's statement shows the same amount within three days: it is probably the same payment. For now it does not count a second time.
        [surplus] More than was due has arrived: the renewal is completed, the rest is to be refunded.
        [duplicate] The order was already paid: all of it is to be refunded, unless it is one payment received by two ways.
        [after_reversal] The order was completed, but a payment had gone back: this one covers what was missing, the rest is to be refunded.
        [reversal_unfit] It does not add up: more went back than was left of it, or more came again than had gone. For now none of it counts.
        [contradicted] It has the number of a payment known already, and says something else. What was received first stands.
       *[reversed] It was reversed: it no longer counts for the order, and the expiry date does not move back by itself.
    }

    Payment: <code>{ $payment }</code>
    Order: <code>{ $order }</code>
    Amount: <b>{ $euro ->
        [true] { MONEY($paid) }
       *[false] { $paid_text } { $currency }
    }</b>
    Received: { DATE($at) }, { TIME($at) } ({ $method }){ $refunds ->
        [true] {"\u000A"}To refund: <b>{ MONEY($refund) }</b>
       *[false] {""}
    }

    To decide: <code>python -m bot payments review</code>

## To the operator: cases that wait for a person

message-cases =
    📋 <b>{ $count ->
        [one] A case to deal with
       *[other] { $count } cases to deal with
    }</b>

    { $body }{ $more ->
        [0] {""}
       *[other] {"\u000A"}and { $more } more
    }

    To see them: <code>python -m bot office list</code>
message-case = <code>{ $id }</code> { $kind ->
    [not_renewed] Paid renewal that the provider does not show
    [notice] Notice of an automatic renewal, late or undelivered
    [switched] Automatic renewal switched on or off: whoever charges has to be told
    [forgotten] A customer deleted all data: take it out of your own files
    [vat] Order of a business abroad: decide on its VAT
    [invoice] Invoice that fits no order, or differs from before
    [email_undone] Change of the reference e-mail, undone from the address before it
    [gone] Mailbox no longer in the file, with payments that may come or have been made
    [statement] Bank statement with entries to decide
    [withdrawn] Withdrawal of a consumer, with money to be given back
    [undelivered] Message that did not reach the customer
   *[payment] Payment
}: <b>{ $subject }</b>{ $dated ->
    [true] , by { DATE($due) }
   *[false] {""}
}

## Automatic renewal switched on or off

message-automatic-title = { $on ->
    [true] Automatic renewal switched on
   *[false] Automatic renewal switched off
}
message-automatic =
    🔁 <b>{ $title }</b>

    { $body }
message-automatic-body =
    <b>{ $address }</b>
    { DATE($at) } at { TIME($at) } ({ ZONE($at) }): { $on ->
        [true] automatic renewal is <b>on</b>. Charge: <b>{ DATE($charge) }</b>{ $priced ->
            [true] , <b>{ MONEY($due) }</b>
           *[false] {""}
        }{ $known ->
            [true] , for { renewal-year-count }
           *[false] {""}
        }; until the day before, it can be switched off with /mailboxes.
       *[false] automatic renewal is <b>off</b>. There are no more automatic charges{ $charged ->
            [true] , but the one due on { DATE($charge) } may have been made already, and stands
           *[false] {""}
        }. The expiry date stays <b>{ DATE($expires) }</b>, and reminders to renew come again.
    }

    If you know nothing of this, write to { $email }.
message-automatic-operator =
    🔁 <b>{ $on ->
        [true] Automatic renewal switched on
       *[false] Automatic renewal switched off
    }</b>

    <b>{ $address }</b>{ $named ->
        [true] {" "}(customer <b>{ $customer }</b>)
       *[false] {""}
    }, { DATE($at) } at { TIME($at) } ({ ZONE($at) }). { $on ->
        [true] Charge: { DATE($charge) }.
       *[false] Whoever charges does not know yet: the charge due on { DATE($charge) } has to be taken out.
    }

message-space-title = 📦 <b>{ $text }</b>
message-space-heading = { $count ->
    [one] { $level ->
        [100] No space left
       *[other] At least { $level }% of the space is used
    }
   *[other] { $level ->
        [100] { $count } PEC mailboxes full or nearly full
       *[other] { $count } PEC mailboxes with at least 70% of the space used
    }
}
message-space-line = <b>{ $address }</b>: { GB($used) } of { GB($room) } used in the { $archive ->
    [true] archive
   *[false] mailbox
}.
message-space-more = { $count ->
    [one] And one more mailbox.
   *[other] And { $count } more mailboxes.
}
message-space-ways = You can free space by deleting messages{ $extra ->
    [true] , or buy more { message-space-when }
   *[false] { $larger ->
        [true] , or move to the <b>{ $plan }</b> plan { message-space-when }, which can have more
       *[false] {""}
    }
}.
message-space-when = { $renewable ->
    [true] with the renewal
   *[false] with the next renewal
}
message-space-order = For members of a professional order: a full PEC mailbox is treated as an absent one (CNDCEC, Pronto Ordini 63 of 3 October 2025).

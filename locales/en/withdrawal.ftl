### A consumer's withdrawal (art. 54-bis of the Italian Consumer Code): beforehand, the two steps, the receipt.

## Said beforehand: confirmation, order, e-mail

order-withdrawal = As a consumer you can withdraw within { $days } days of the order, up to and including { DATE($until) }, without giving a reason: { $way ->
    [web] with the button below, or in the { -product } chat, below the order or with the command /withdraw.
    [chat] in the { -product } chat, with the button below the order or with the command /withdraw.
   *[mail] just write the order number to { $email }.
}
order-withdrawal-until = Withdrawal: until <b>{ DATE($until) }</b>{ $online ->
    [true] .
   *[false] , by writing to { $email }.
}
order-withdrawal-how = As a consumer you can withdraw within { $days } days of the order, without giving a reason: { $online ->
    [true] with the button below or with /withdraw.
   *[false] the order number is enough.
}
order-withdrawal-kit = For the hardware of the kit the { $days } days run from its delivery{ $known ->
    [true] , up to and including { DATE($until) }
   *[false] {""}
}: { $way ->
    [now] you can withdraw from it alone, with the button below or with /withdraw, and the renewal stays.
    [together] you withdraw from it together with the rest of the order.
    [later] once those of the order are over, you can withdraw from it alone in the same way.
   *[mail] to return that alone, write to { $email }.
}
order-withdrawal-kit-until = Withdrawal from the kit: { $known ->
    [true] until <b>{ DATE($until) }</b>.
   *[false] until { $days } days after its delivery.
}
order-renew-after = The renewal is asked of the mailbox provider after { DATE($after) }, when the time to withdraw is over, and never later than the expiry date.
renewal-recap-withdrawal = Withdrawal: within { $days } days of the order, without giving a reason, with the button below the order or with /withdraw.
withdrawal-open = Withdraw from the contract here
withdrawal-show-receipt = Withdrawal receipt
order-withdrawn = The withdrawal { $kit ->
    [true] from the kit is on record
   *[false] is on record
}: the receipt says what follows.

## /withdraw

withdrawal =
    <b>Withdrawal</b>
    { $body }
withdrawal-orders =
    As a consumer you can withdraw within { $days } days of the order, without giving a reason. You can withdraw from:
    { $lines }
withdrawal-order = <b>{ $order }</b>, until <b>{ DATE($until) }</b>{ $online ->
    [true] {""}
   *[false] , by writing to { $email }
}
withdrawal-order-kit = <b>{ $order }</b>, for the kit alone: until { $known ->
    [true] <b>{ DATE($until) }</b>
   *[false] { $days } days after its delivery
}
withdrawal-choice = Withdraw from { $order }
withdrawal-choice-receipt = Receipt of { $order }
withdrawal-done = Already withdrawn from: { LIST($orders) }.
withdrawal-none =
    As a consumer you can withdraw within { $days } days of the order, without giving a reason, with the button below the order.

    There is no order in this chat to withdraw from at present.
withdrawal-no-consumer = There is no order in this chat to withdraw from without a reason: that is a right of consumers, not of professionals, firms, companies and bodies. An order that is not paid yet can be cancelled from /orders; for all else: { $operator }, { $email }.
withdrawal-why =
    { $right ->
        [by_mail] Contracts made up to 19 June 2026 are withdrawn from by e-mail: until <b>{ DATE($until) }</b> just write the order number to { $email }.
        [no_consumer] Withdrawing without a reason is a right of consumers, and this order is that of a professional, a firm, a company or a body. Until it is paid it can be cancelled; for all else: { $operator }, { $email }.
        [over] The time to withdraw ended on <b>{ DATE($until) }</b>. For any request: { $operator }, { $email }.
       *[undone] The order was cancelled or has expired: there is nothing left to withdraw from.
    }

## First step

withdrawal-first =
    <b>Withdrawal from order { $order }</b>
    { $body }
withdrawal-name = Holder: <b>{ $name }</b>
withdrawal-what = Order of { DATE($placed) }: <b>{ MONEY($due) }</b>
withdrawal-boxes = { $count ->
    [one] Mailbox: <b>{ $first }</b>
   *[other] Mailboxes: <b>{ LIST($boxes) }</b>{ $more ->
        [0] {""}
        [one] {" "}and one more
       *[other] {" "}and { $more } more
    }
}
withdrawal-kit = Digital signature kit: <b>{ $kit }</b>
withdrawal-to = The receipt goes to <b>{ $email }</b>.
withdrawal-whole = You withdraw from the whole order, without giving a reason, up to and including <b>{ DATE($until) }</b>.
withdrawal-whole-kit = You withdraw from the kit alone, without giving a reason, { $known ->
    [true] up to and including <b>{ DATE($until) }</b>.
   *[false] until { $days } days after its delivery.
}
withdrawal-next = Continue
withdrawal-other-email = Another e-mail address
withdrawal-email =
    <b>The receipt of the withdrawal</b>
    { $body }
withdrawal-email-question = It goes to <b>{ $email }</b>. Type another address here to have it sent there: the reference e-mail stays as it is.

## Second step

withdrawal-second =
    <b>What follows the withdrawal</b>
    { $body }
withdrawal-statement = I hereby withdraw from the contract made by order { $order } of { DATE($placed) } with { $operator }. Holder: { $name }. { $count ->
    [one] Mailbox: { $first }.
   *[other] { $count } mailboxes: { LIST($boxes) }{ $more ->
        [0] .
        [one] {" "}and one more.
       *[other] {" "}and { $more } more.
    }
}
withdrawal-statement-kit = I hereby withdraw from the contract made by order { $order } of { DATE($placed) } with { $operator }, for the digital signature kit alone ({ $kit }). Holder: { $name }.
withdrawal-follows-cancelled = Nothing has been paid: the order is cancelled and is no longer to be paid. If a payment is already on its way, it is refunded in full.
withdrawal-follows-back = <b>{ MONEY($back) }</b> is refunded by <b>{ DATE($by) }</b>, the way it was paid and at no cost.
withdrawal-follows-served = Of the { MONEY($paid) } paid, <b>{ MONEY($served) }</b> is kept for the service already provided: it had been asked to start at once.
withdrawal-follows-completed = The expiry date does not move back by itself: { $operator } sees to the renewal that was made.
withdrawal-follows-auto = The automatic renewal that began with the order is switched off.
withdrawal-follows-renewal-stays = The renewal stays as it is.
withdrawal-follows-kit = The hardware of the kit has to be returned by <b>{ DATE($by) }</b>, if it has arrived: { $operator }, { $email }, says how.
withdrawal-final = { $kit ->
    [true] A withdrawal cannot be taken back.
   *[false] A withdrawal cannot be taken back: renewing will take a new order.
}
withdrawal-confirm = Confirm withdrawal

## The receipt

withdrawal-stated =
    <b>Withdrawal stated, order { $order }</b>

    The receipt <code>{ $number }</code>, with the date and the time to the second, comes here as a message of its own, and a copy goes to <b>{ $email }</b>.
withdrawal-receipt-title = { $kit ->
    [true] Receipt of the withdrawal for the kit alone, order { $order }
   *[false] Receipt of the withdrawal from order { $order }
}
withdrawal-receipt =
    📄 <b>{ withdrawal-receipt-title }</b>
    { $body }
withdrawal-receipt-number = Receipt number: <code>{ $number }</code>
withdrawal-receipt-at = Statement received: <b>{ LONGDATE($at) }, { SECONDS($at) } ({ ZONE($at) })</b>
withdrawal-quote = <blockquote expandable>{ $words }</blockquote>
withdrawal-said = “{ $words }”
withdrawal-receipt-is = This is a receipt of the statement, not a decision.
withdrawal-receipt-to = Copy to { $email }.
withdrawal-follows = What follows
withdrawal-mail-preview = Receipt { $number }, { DATE($at) } at { SECONDS($at) }

## The page for who has no chat any more

withdrawal-page-title = Withdrawal from order { $order }
withdrawal-page-email = E-mail address for the receipt
withdrawal-page-next = Continue
withdrawal-page-back = ← Back
withdrawal-page-wrong = This is not an e-mail address: type all of it, such as name@example.com.
withdrawal-page-unknown-title = Invalid link
withdrawal-page-unknown = The link is incomplete, or is not one of { $operator }. The right one is in the e-mail that confirmed the order; otherwise just write to { $email }.

### Words that people type, and what is answered. Words are parted by commas; capitals and accents do not matter.

words-price = price, prices, pricing, cost, costs, how much, how much is it, how much does it cost, how much do i pay, fee, fees, price list
words-invoice = invoice, invoices, invoicing, bill, bills, billing, receipt, receipts
words-not-renewing = cancel, cancelling, canceling, cancellation, do not renew, don't renew, not renew, not renewing, stop renewing, stop the renewal, automatic renewal, auto renewal, terminate, termination, close the mailbox, close my mailbox, delete the mailbox
words-withdrawal = withdrawal, withdrawals, withdraw, right of withdrawal, refund, refunds, money back, changed my mind
words-space = space, storage, extra space, extra storage, gb, gigabytes, full, mailbox full, quota, archive
words-expiry = expiry, expiry date, expiry dates, expire, expires, expired, expiration, expiring, when does it expire, deadline, deadlines
words-person = person, people, human, agent, operator, support, customer service, talk to someone, talk to a person, talk to a human, speak to someone, phone, phone number, call you, contact, contacts, complaint
words-help = help, help me, how does it work, how does this work, what can i do, what can you do, instructions, commands, menu

## The answers

answer-price-mailbox =
    <b>{ $address }</b>: <b>{ MONEY($due) }</b>{ $vat ->
        [none] , without VAT (split payment)
        [included] , VAT included
       *[said] {""}
    }
answer-price =
    To renew for a year, as it is today{ $vat ->
        [said] , VAT included
       *[none] {""}
    }:
    { $lines }
answer-price-more = { $count ->
    [one] Tap <b>Renew</b> to see the price of one more mailbox.
   *[other] Tap <b>Renew</b> to see the prices of { $count } more mailboxes.
}
answer-price-plan = { $plan }: <b>{ MONEY($due) }</b>
answer-price-plans =
    A year of a PEC mailbox, VAT included:
    { $lines }
answer-invoice =
    The invoice for an order is issued by <b>{ $legal }</b> (VAT number { $vat }), with the registrant details and the recipient confirmed in the order. This bot does not send it.

    For a copy or a correction: { $email }, { $phone }.
answer-not-renewing =
    If you do not want to renew, there is nothing to cancel: just do not order. After its expiry date the mailbox still receives but can no longer send; { $same ->
        [true] after { $days } days
       *[false] after { $days } days or more, depending on the plan,
    } it is <b>deleted with every message in it</b>.
answer-automatic-if = If automatic renewal is on, it has to be switched off first.
answer-automatic-on = { $count ->
    [one] Automatic renewal of <b>{ $first }</b> is on: it has to be switched off.
   *[other] Automatic renewal of { $count } mailboxes is on: it has to be switched off.
}
answer-not-renewing-ordered = To withdraw from an order that was placed: /withdraw
answer-space-mailbox =
    <b>{ $address }</b>: { $known ->
        [true] { GB($used) } used of { GB($room) }
       *[false] { GB($room) } of mailbox, use not known
    }{ $archives ->
        [true] ; archive { $known ->
            [true] { GB($used_archive) } of { GB($room_archive) }
           *[false] { GB($room_archive) }
        }
       *[false] {""}
    }
answer-space-buy = You can add space when you renew, or free some by deleting messages.
answer-link-first = To see your mailboxes, link this chat first.
answer-none = No mailbox to renew is linked to this chat.
answer-person =
    A program answers here. The people of <b>{ $legal }</b> answer at { $email } and { $phone }.
answer-person-site = Open the website
answer-help =
    Here you can renew the PEC mailboxes of { $operator }. Tap a button, or type a word: <i>price</i>, <i>expiry date</i>, <i>space</i>, <i>invoice</i>, <i>cancel</i>, <i>withdrawal</i>, <i>person</i>.

    All commands: /help

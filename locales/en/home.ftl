### Home: how things stand; and the welcome to who is not linked yet.

home = <b>{ -product }</b> by { $operator }
home-sample = <i>A sample operator: its prices and terms are not real.</i>
home-unfinished = { $count ->
    [0] There is an unfinished renewal.
    [one] There is an unfinished renewal: <b>{ $first }</b>.
   *[other] There is an unfinished renewal of { $count } mailboxes, the first being <b>{ $first }</b>.
}
home-next = { $late ->
    [true]
        <b>{ $address }</b> expired on { DATE($expired) }.
        It can be saved until <b>{ DATE($day) }</b> ({ $days ->
            [0] today
            [one] tomorrow
           *[other] in { $days } days
        })
   *[false]
        Next expiry date: <b>{ $address }</b>
        <b>{ LONGDATE($day) }</b> ({ $days ->
            [0] today
            [one] tomorrow
           *[other] in { $days } days
        }){ $automatic ->
            [true] {" "}· automatic renewal on
           *[false] {""}
        }
}
home-soon = { $count ->
    [one] One more mailbox expires by { DATE($by) }.
   *[other] { $count } more mailboxes expire by { DATE($by) }.
}
home-no-mailboxes = There is no mailbox to renew.
home-deleted = { $count ->
    [one] One mailbox has been deleted.
   *[other] { $count } mailboxes have been deleted.
}
home-gone = { $count ->
    [one] One mailbox is no longer among those managed here.
   *[other] { $count } mailboxes are no longer among those managed here.
}
home-muted = { $count ->
    [one] Reminders are reduced or off for one mailbox.
   *[other] Reminders are reduced or off for { $count } mailboxes.
}
home-order =
    Order <b>{ $order }</b>: { $promised ->
        [true] payment of <b>{ MONEY($missing) }</b> expected
       *[false] <b>{ MONEY($missing) }</b> to pay
    } by <b>{ DATE($by) }</b>{ $more ->
        [0] {""}
        [one] {" "}· one more is waiting
       *[other] {" "}· { $more } more are waiting
    }

button-home = Home
button-settings = Settings

## The welcome

welcome =
    See when your PEC mailboxes expire, renew them and follow your orders here. A program answers.

    Run by { $legal }: { $email }, { $phone }.

    You will never be asked for passwords or card details.{ $mail ->
        [true] {""}
       *[false] {" "}To link this chat, open the <b>Renew</b> button in the expiry reminder that came by e-mail; if you cannot find it, { $operator } can send another.
    }

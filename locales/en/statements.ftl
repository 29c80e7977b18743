### What the operator is told of a bank's statement, and decides of its entries.

## To the operator: a bank's statement

message-statement =
    🏦 <b>Bank statement read</b>

    File: <code>{ $name }</code>
    { $registered ->
        [0] No payment received
        [one] <b>1 payment</b> received, { MONEY($paid) }
       *[other] <b>{ $registered } payments</b> received, { MONEY($paid) }
    }{ $likely ->
        [0] {""}
       *[other] {"\u000A"}To be confirmed: <b>{ $likely }</b>
    }{ $same ->
        [0] {""}
       *[other] {"\u000A"}Perhaps received already, by another way: <b>{ $same }</b>
    }{ $unknown ->
        [0] {""}
       *[other] {"\u000A"}Without a certain order: <b>{ $unknown }</b>
    }
    Other entries, which have nothing to do with orders: { $other }{ $known ->
        [0] {""}
       *[other] {"\u000A"}Known from another file: { $known }
    }{ $waiting ->
        [0] {""}
       *[other] { $buttons ->
            [true] {""}
           *[false] {"\u000A"}{"\u000A"}To decide: <code>python -m bot payments review</code>
        }
    }
message-statement-refused =
    🏦 <b>The bank's file was not read</b>

    File: <code>{ $name }</code>
    Nothing of it was counted:
    <blockquote>{ $problem }</blockquote>
statement-register-likely = { $count ->
    [one] Register this one
   *[other] Register these { $count }
}
statement-one-by-one = Look at them one by one

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
message-statement-nothing =
    🏦 <code>{ $name }</code>: nothing for the orders. Other entries: { $other }, already known: { $known }.
message-statement-refused =
    🏦 <b>The bank's file was not read</b>

    File: <code>{ $name }</code>
    Nothing of it was counted:
    <blockquote>{ $problem }</blockquote>
statement-problem = { $unit ->
    [line] Line { $where }:{" "}
    [entry] Entry { $where }:{" "}
    [statement] Statement { $where }:{" "}
   *[file] {""}
}{ $fault ->
    [empty] the file has no entries to be read. Export them again.
    [foreign] this format is not read. Export CAMT.053, CBI (rendicontazione), MT940, or an XLSX or CSV list from the bank.
    [running_day] this is a list of the running day, which may still change. Export the closed day.
    [save_again] it cannot be read like this. Save it again in the xlsx form, without a password, or as 'CSV UTF-8'.
    [archive] this is a compressed archive. Unpack it, and send the files one by one.
    [signed] this is a signed envelope (.p7m). Open it with a program for digital signatures, and send the file in it.
    [cut_short] the file ends too early: download it from the bank again.
    [incomplete] part of it is missing or out of place. Download it from the bank again.
    [totals] the totals do not agree with the entries. Ask the bank for the file again.
    [profile] no profile of the catalogue, or more than one, has the columns of this table (statement_profiles).
    [account] it is of another account, { $about }, and not of the catalogue's.
    [closed] the file cannot be opened.
    [changed] the file changed while it was read. Import it again.
    [not_fetched] Telegram did not give the file. Send it again, or import it with python -m bot payments import.
    [failed] reading it failed: the log says why. Import it with python -m bot payments import.
   *[damaged] something here cannot be read{ $about ->
        [none] {""}
       *[other] {" "}({ $about })
    }. Download the file from the bank again; if it is a table, check its profile.
}
statement-register-likely = { $count ->
    [one] Register this one
   *[other] Register these { $count }
}
statement-one-by-one = Look at them one by one

## An entry to decide

statement-reason = { $reason ->
    [number] the order's number is there
    [reference] the order's RF reference is there
    [guessed_number] with its words glued it has the order's number
    [address] the mailbox's address is there
    [payer] the payer's name fits
    [name_in_text] the holder's name is in the text
    [amount] the amount is the one that is due
    [same_reference] the reference is that of a known payment
    [amount_differs] the amount is not the one that is due
    [other_currency] it is not in euros
    [not_open] the order awaits no payment
    [may_be_a_word] the number may be a word
    [may_name_another] the text was cut, or may name another order
    [others_address] it names the mailbox of another order
    [others_payer] the payer's name fits another order of this amount
    [several_numbers] it has several order numbers
    [sum_of_all] the amount is the sum of all of them
    [paid_together] the order is paid together with others, by this collective number
    [several_orders] several orders fit
    [other_source] the same amount came in another way within three days
    [taken_back] money that went back may have been this very payment
    [several_payments] several payments fit
    [no_such_order] it has a number that no order has
    [foreign_address] it has an address, but no open order of that amount
    [not_booked_credit] it is no money that came
    [none] nothing in it fits an open order any more
   *[open_amount] some order awaits this amount
}
statement-place = { $unit ->
    [line] line { $where }
   *[entry] entry { $where }
}
statement-entry =
    🏦 <b>Entry { $number } of { $total }</b>

    <b>{ $euro ->
        [true] { MONEY($cents) }
       *[false] { $foreign }
    }</b>{ $back ->
        [true] , went back
       *[false] {""}
    }, { DATE($booked) }
    From: { $payer }
    Text: <code>{ $text }</code>

    { $reasons }.
    { $heap ->
        [probably_same] Order <b>{ $order }</b> has payment <code>{ $payment }</code> already: if it is the same money, leave it out.
       *[other] { $orders ->
            [0] { $back ->
                [true] If a known payment went back: <code>python -m bot payments review</code>
               *[false] If it pays an order: <code>python -m bot payments confirm { $id } ORDER</code>
            }
            [one] Order <b>{ $order }</b>, { MONEY($missing) } due.
           *[other] The orders that it may pay are on the buttons.
        }
    }
    <blockquote expandable>{ $file }, { $place }</blockquote>
statement-register-for = { $same ->
    [true] Other money: register it
   *[false] Register for { $order }
}
statement-take-back = Register that it went back
statement-dismiss = { $same ->
    [true] The same money: leave it out
   *[false] Not about an order
}
statement-later = Later
statement-likely-registered =
    🏦 { $count ->
        [0] No payment received: something changed, and has to be looked at.
        [one] <b>1 payment</b> received.
       *[other] <b>{ $count } payments</b> received.
    } { $waiting ->
        [0] Nothing is left to decide.
        [one] One entry is left to decide.
       *[other] { $waiting } entries are left to decide.
    }
statement-all-seen =
    🏦 { $waiting ->
        [0] Nothing is left to decide.
        [one] One entry is left for later.
       *[other] { $waiting } entries are left for later.
    }
statement-confirmed = { $outcome ->
    [completed] Order { $order } is paid, the renewal is complete
    [partial] It counts for order { $order }: a part is still missing
    [reversed] It went back
   *[other] Received, but it completes nothing: see python -m bot payments review
}
statement-dismissed = Left out, and forgotten
statement-decided-before = It was decided before, by somebody else or in another way.
statement-entry-changed = Something has changed meanwhile: look at it once more.

## A file that was sent in the chat

statement-file-taken =
    🏦 File received: <code>{ $name }</code>. The summary comes here in a moment.
statement-file-large =
    🏦 The file is too large for Telegram: bots get up to 20 MB.

    On the server: <code>python -m bot payments import FILE</code>, or put it into the folder of <code>STATEMENTS_DIR</code>.

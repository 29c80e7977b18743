"""What a bank's statement says, and which orders its entries may pay (DOMAIN.md 8). Pure.

`entry` is one movement of the account, in one form for every format of file; `profile` how a bank's table is laid out.
`judging` makes a `proposal` of an entry, by what its text says (`reading`, `addresses`, `names`), against the `book` of
what is open; `reversing` finds the payment that it takes back, and `going_back` by what that is known if it comes
later. `ids` are those of its payment.
"""

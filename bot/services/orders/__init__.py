"""Orders: placed, shown, cancelled, expired.

`orders` places them from a draft, once, and shows and cancels them; `finding` is how a chat finds one of its own, or
one to pay, `rows` an order between its rows and its value, with its evidence; `changing_method` lets it be paid by
another method, `withdrawing` lets a consumer withdraw from it, `promising` notes that it is paid before the bank says
so, `mailing` mails once more how it is; `expiring` warns before it is too late to pay, and closes what was not paid;
`invoicing` keeps the invoices that the operator's system issued for them; `papers` are their evidence, as documents.
"""

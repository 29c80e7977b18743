"""The office: what the operator looks at, and decides.

`worklist` has everything that waits for a person, `announcing` says that it does; `payment_cases` and `decisions`
are the payments among it, and what is decided of them; `order_book` shows the orders of all customers, `month`
what happened in one, for the books; `vat_decisions` is its word on the VAT of an order, `kit_deliveries` on
when the hardware of a kit came.
"""

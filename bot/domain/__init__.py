"""The rules of a renewal as values and pure functions: no I/O, no framework, no clock.

What is sold: `catalogue`, `plans`, `space`, `kits`, `prices`, `vat`, `money`. What it is sold for: `mailboxes`,
`registrant`, `held`, `used_space`, `moves` (expiries that a file moves). Days: `calendar`, `deadlines`, `instant`. A
renewal: `renewal`, `drafts` (what it lacks), `choices` and `form_answers` (how it changes), `steps` and `ways`,
`keeping`, `seals`, `summary`. What comes of it: `orders`, `order_number`, `number_guesses`, `payment_reason`,
`instructions`, `other_methods`, `promises` (a payment that is announced), `payments`, `review`, `collective`, `paid`,
`withdrawal`, `invoices`, `statements` (what a bank says of it); what proves it: `evidence`. What is told:
`reminders`, `owed`, `notice_ways`, `space_levels`, to whom: `readers`, and with which addresses: `masking`. And
`switching` (automatic renewal), `login_codes`, `cases`, `errors`.
"""

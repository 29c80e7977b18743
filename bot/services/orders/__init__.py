"""Orders: placed, shown, cancelled, expired.

`orders` places them from a draft, once, and shows and cancels them; `rows` is an order between its rows and its
value, with its evidence; `expiring` warns before it is too late to pay, and closes what was not paid.
"""

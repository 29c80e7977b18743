"""My orders as a dialog: the list, one order, its lines, another method of payment, its cancellation (DOMAIN.md 4).

`listing`, `order`, `method` and `cancel` are its windows; `story` says how far an order is, and what was paid. `data`
is what it keeps between them, `dialog` puts it together.
"""

"""My orders as a dialog: the list, one order and its lines, what ends it or pays it otherwise (DOMAIN.md 4 and 7).

`listing`, `order`, `method`, `cancel` and `withdraw` are its windows; `story` says how far an order is, and what was
paid. `data` is what it keeps between them, `dialog` puts it together.
"""

"""The record that proves what was said, agreed and paid (DOMAIN.md 7); its rules are `bot.domain.evidence`.

`writing` adds to a chain, in the transaction of what happens: any room may call it, about orders by
`of_orders`. `reading` gives one chain, or checks all of them in one pass; `giving` makes a document of one. `signing`
signs a day's heads, to be sent out of the database. What is written is never changed: what must go is erased, and the
chain says so.
"""

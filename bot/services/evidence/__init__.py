"""The record that proves what was said, agreed and paid (DOMAIN.md 7); its rules are `bot.domain.evidence`.

`writing` adds to a chain, in the transaction of what happens. Any room may call it. What is written here is never
changed: what must go is erased, and the chain says so.
"""

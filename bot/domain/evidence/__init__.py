"""The record that proves what was said, agreed and paid (DOMAIN.md 7): digests, chains, and what checking them finds.

`chain` has the links of a record and of a chain, `checking` what is wrong with one, `tree` the one digest that a day's
heads have together, and how a single head is shown to be among them, `document` a chain that is given out. All of it is
pure: what is stored where, and who signs, is told in `bot.services.evidence`.
"""

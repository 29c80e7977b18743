"""E-mails: one module a family writes a `Letter`, which two others turn into plain text and into HTML.

`orders`, `payments`, `renewals`, `reminders` and `codes` write, with `common` for what they share; `letter` is what
a letter consists of, `plain` and `rich` how it is set.
"""

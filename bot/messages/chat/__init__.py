"""Messages for chats: Telegram HTML of at most 4096 characters, one module a family.

`orders`, `payments`, `promises`, `renewals` and `reminders` (`named_renewals`: their first button) are for customers,
`chats` is about who joined, `office` for the operator's chat; `paying` has what one pays with, `buttons` what else
stands under them.
"""

"""Linking a chat by e-mail as a dialog: the reference e-mail, then the code that is mailed to it (DOMAIN.md 2.2).

`email` and `code` are its windows, `data` what it keeps between them, `dialog` puts it together.
"""

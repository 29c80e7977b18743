"""Deleting everything of a customer in two steps and a code: of whom, what follows, the code (DOMAIN.md 7, "Data").

`terms` and `code` are its windows, `data` what it keeps between them, `dialog` puts it together.
"""

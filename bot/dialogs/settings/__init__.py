"""The settings of a chat as a dialog: language, reminders, security phrase (DOMAIN.md 6), reference e-mail (3.5).

`menu` leads to `language`, `steps` of the ladder, `mailboxes` and one `mailbox` with its switch of `automatic` renewal,
`phrase`, `reference_email`. `data` is what it keeps between them, `dialog` puts it together.
"""

"""Rinnovo: a Telegram bot that renews certified (PEC) mailboxes.

`domain` has the rules, pure; `services` what the bot can do, in transactions over `db`; `dialogs` and `handlers`
the chat, `web` what is called over HTTP, `commands` what an operator types. `messages` and `texts` have the words,
`settings` what is said from outside. `app` is where the parts meet, `runtime` and `running` let them live,
`telegram` and `watching` are their way to Telegram and to who looks after them. `demo` and `playground` are for
trying it all without Telegram.
"""

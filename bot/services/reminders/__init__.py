"""Expiry reminders (DOMAIN.md 6): what is due is found and written to the outbox, judged again as it leaves, and told.

`planner` finds what is due, `owed` the notices of automatic renewals (`taken_over`: those of an earlier release),
`batch` reads what it needs for many mailboxes at once, `letters` is what is written to the outbox, `telling` turns that
into the facts of the moment at which it is sent (`standing`: what still holds, `saying`: its facts, `offers`: what its
first button names, `untold`: who hears of the rest); `filling`, `space_telling` and `space_saying` do so for space that
fills up. `wishes` is what chats want to hear, `preferences` how that is handed to the screens, `mail_wishes` what the
reference e-mail wants (`mail_codes`: the codes in e-mails by which that is chosen), and `outlook` is what an operator
and housekeeping ask for. When the planner looks at a mailbox again is said
through `bot.services.watching`; who is told of it, and what, by the rules of `bot.domain.reminders` and
`bot.domain.readers`.
"""

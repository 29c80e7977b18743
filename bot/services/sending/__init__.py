"""Sending: what has to leave the bot is written to the outbox, claimed from it, and sent.

`notices` says who is told of what, `announcements` what the operator's system is told; both write to the `outbox`
what `row_facts` makes of rows. `delivery` claims from it for each channel: `notifier` (chats), `mail`, `events`
with their `event_contract`, `event_facts` and `events_unversioned`. `undelivered` opens a case for what is owed and
came through by no way.
"""

"""Sending: what has to leave the bot is written to the outbox, claimed from it, and sent.

`notices` says who is told of what, `switchings` who of the switch of automatic renewal, `email_notices` who of a new
reference e-mail, `announcements` what the operator's system is told, and `promises` ends the card of an announced
payment; they write to the `outbox` what `row_facts` makes of rows, to a customer by `customers`, with the security
phrase of `phrases` and, in the mail of an order, one of the `withdrawal_links`. `delivery` has a `lane` for each
channel, which claims from it: `notifier` (chats), `mail`, `events` with their `event_contract`, `event_facts` and
`events_unversioned`; what is said in chats keeps under the `ceiling`. `undelivered` and `owed` open a case for what
came through by no way, `filling` lets a notice of space that reached nobody be told again. `pausing` is the operator's
emergency stop.
"""

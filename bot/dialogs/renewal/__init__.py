"""The renewal as a dialog: one module a step, each with its windows, their getters and their handlers.

In their order (DOMAIN.md 3.1 to 3.8): `holder`, `mailboxes` (`unavailable` has those that cannot be renewed),
`offer`, `plan`, `space`, `kit`, `registrant` (with `recipient`), `payment`, `years`, `recap`, `recheck`, `placed`;
a `_text` beside a step has its words. `flow` goes from step to step, `edit` and `leave` go out of the row,
`field` and `forms` ask for data one by one, `address_way` an address in one go. `window` and `mailbox_text` are what
several steps share, `dialog` puts it together.
"""

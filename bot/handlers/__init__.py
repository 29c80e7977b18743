"""What does not belong to a dialog: commands, deep links, buttons of plain messages, and recovery from errors.

Their routers come before the dialogs (`plain`), so that a button of a reminder works while one is open. What people
write: `start`, `home`, `linking`, `renewing`, `mailbox_list`, `calendar`, `account`, `settings`, and `hints` for all
else, with `answers` to words that ask for something.
What they tap: `reminders`, `lists`, `card`, `order_buttons`, `paying`, with `buttons` for what a tap carries and
`opening` for the renewal that it opens. `middleware`, `entering`, `counting`, `groups` and `reach` stand before them;
`recovery` comes after what failed.
"""

"""A customer leaves: everything of it is deleted but what the law wants kept (DOMAIN.md 7, "Data"; decision 042).

`obstacles` says what stands against it, `foreseeing` what goes and what stays. `forgetting` does it in one transaction,
with the outbox (`messages`), the chats (`chats`) and the office (`cases`) each in a module. `asking` lets the customer
ask for it in a chat, by a code; `at_the_office` is the operator's way, and the way back.
"""

"""What is between Telegram and the handlers: how updates come in and reach one, and how the bot presents itself.

`polling` fetches updates where no webhook brings them, `reading` reads them, `dispatching` lets each chat have one at a
time, in its unit of state; `session` carries what the bot says, `in_between` knows the answer of a server that is not
Telegram; `profile` sets the bot's commands and descriptions in each language.
"""

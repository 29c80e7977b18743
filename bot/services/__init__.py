"""What the bot can do, one module a thing: transactions around the rules of `bot.domain`.

Rooms: `people` (who speaks for whom), `renewing` (drafts and offers), `orders`, `payments`, `reminders`, `importing`,
`statements` (what the bank says), `office` (what the operator decides), `sending` (what leaves), `evidence` (what
proves it all), `catalogue`. `services` is all of them as one value. `tables` are files of rows and cells. For all:
`surroundings` (catalogue, clock, zone), `errors`, `actor` (who asks), `access` (what a chat may do). For several:
`at_hand` (what an update has read), `cases` (what needs a person), `held` (what a customer set), `closing` (how a draft
ends), `watching` (when the planner looks again), `vitals` (what a process did), `giving_way` (to who is
answered), `beats` (that workers live). Of several rooms at once: `glance` (how things stand for a chat) and `cards`
(how a mailbox stands).
"""

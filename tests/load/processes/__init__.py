"""Two `web` behind nginx and two `worker`, while people tap and everything around them is killed, frozen and restarted.

``python -m tests.load.processes`` does it without Redis and with it, and prints how long a tap waited at most, which
taps, payments and pushed messages were lost or done twice, and how long SIGTERM took; then how many taps a second two
`web` answer against one, by the clock and by the processor that a tap takes. ``--only incidents`` and ``--only taps``
do one of the two. PostgreSQL, Redis and nginx are servers of its own, on free ports: nobody else's are touched.
``make soak`` runs it.

`servers`
    PostgreSQL, Redis and nginx; nginx is set as docs/operating.md says, with that very text.
`bots`
    The processes of the bot.
`everything`
    All of it, started.
`tappers`
    The people, who know after each tap what they have to see.
`pushed`
    Payments, mailboxes that fall due, and what workers have to say of them.
`incidents`
    What happens to them, one thing after the other.
`capacity`, `swift`
    Taps as fast as they are answered, and a Telegram that costs next to nothing.
"""

"""Two `web` behind nginx and two `worker`, while people tap and everything around them is killed, frozen and restarted.

``python -m tests.load.processes`` does it without Redis and with it, and prints how long a tap waited at most, which
taps were lost or done twice, how long SIGTERM took, and how many taps a second two `web` answer against one.
PostgreSQL, Redis and nginx are servers of its own, on free ports: nobody else's are touched. ``make soak`` runs it.

`servers`
    PostgreSQL, Redis and nginx; nginx is set as docs/operating.md says, with that very text.
`bots`
    The processes of the bot.
`tappers`
    The people, who know after each tap what they have to see.
`incidents`
    What happens to them, one thing after the other.
"""

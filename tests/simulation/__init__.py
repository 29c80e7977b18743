"""Weeks of life, in one process and on a clock that leaps: customers, an operator, a bank, and a bot of two processes.

``make simulate SEED=1 DAYS=30`` plays one life, ``python -m tests.simulation --seeds 200 --days 30`` many. A life is
a list of `actions`, drawn from the seed alone; what each does is decided by its salt and by what there is when its
turn comes. So any part of a life is a life, and one in which a law does not hold is made shorter by leaving actions
out (`shrink`): the shortest path and the command that plays it are printed.

What is real: the dispatcher with every dialog, the services, both databases, the outbox with its lanes, the notifier
and its library, the mailer, the payment callback over ASGI with its signature, imports of files, the bank's statements
among them. What is not: the network. `weather` stands there, with all that networks do; `provider`, `bank`, `account`
and `people` are the world around the bot.

How a day goes (`life`): the actions of the day at their minutes, some of them at once; a `process` may be killed at
any await, which takes all that it had in memory and nothing of the database. In the evening the sky clears, the calls
that nobody answered are made again, the workers work until nothing is due, and the laws are looked at.

**An actor** is a function of a module of `actors`, decorated with `registry.actor(name, weight)`. It gets the life,
the process whose turn it is and a lot to draw from, does something through the bot's own entrances, and returns in
words what came of it: words that are the same whenever the same happens, since they are part of the digest. To add
one, write it in the module of whoever does it, or import a new module in `actors/__init__.py`.

**A law** is a function of a module of `laws`, decorated with `registry.law(name)`, that returns where it does not
hold. It looks into the database through `life.database`, at what left the bot in `life.journal`, and remembers in
`life.memory`; it shares no code with what it judges. With ``needs_work=True`` it is not asked while the workers stay
away. To add one, do as with actors, and show in `test_laws` a broken world that it refuses.

**The same for a seed.** On SQLite everything runs on one thread, in a loop without waiting (`clockwork`), and what is
drawn by chance or secretly is drawn from the seed: the same seed gives the same lines and the same digest. On
PostgreSQL the actions are the same, and the laws hold as ever; but two processes at once come in the order in which
the server answers, and so does a death, so that the lines may differ from run to run.
"""

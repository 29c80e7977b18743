"""What a tap costs: the product beside bots that keep everything in memory and show the very same screens.

``python -m tests.load.taps`` starts the real ``python -m bot run`` and the reference bots of `tests/load/peers`, each
as a process of its own with a Telegram of its own (a playground, in one more process), and taps to and fro between
the first screen of a renewal and the list of plans. Rounds alternate; medians are printed, and what the product's are
divided by the references'. One person taps a fifth of ``--taps``. While you work on speed::

    python -m tests.load.taps --people 32 --taps 2000 --rounds 3 --only rinnovo,aiogram_dialog
    python -m tests.load.taps --people 1 32 --taps 1000 --rounds 3 --only rinnovo,aiogram_dialog
    python -m tests.load.taps --people 32 --memory 10000 --only rinnovo_postgresql,aiogram_dialog
    python -m tests.load.shares
    python -m tests.load.statements

CPU is the kernel's figure for the bot's process alone, all its threads, in milliseconds for each tap; it rises when the
machine is busy, the ratios of one run hold. "least" is the best round's. A tap's time runs until the phone shows the
other screen; the next one begins when the spinner has ended too. A screen that is not the captured one, byte for byte,
and a call that Telegram refuses end the measure.

What stands around the bots (Telegram, the people, the product's database) is in `tests.load.stage`; here are:

`measuring`
    A whole measure: everybody starts, sits down, warms up, and takes turns.
`rounds`, `figures`
    One round; the tables.
"""

"""What stands around a bot that is measured: it knows nothing of all this, and runs as it always does.

`telegram`, `door`, `hooks`
    Telegram as a process, the thin HTTP server that lets a bot in, and the webhooks to which it brings updates.
`phones`, `ways`
    The people, who tap and wait; whole renewals, button by button.
`shown`, `screens`
    The two screens that all bots show, captured from the product.
`preparing`, `many`
    The product's database: a few people to play, a million others.
`contenders`, `children`, `interrupts`
    The bots that run; how processes begin, and end with the measure.
`kernel`, `statements`, `sampled`
    What is looked at: processor and memory of a process, what SQLite is told, who holds the interpreter.
`alone`, `paper`, `machine`
    How a measure is run, what is printed, and on what it was measured.
"""

"""What stands around a bot that is measured: it knows nothing of all this, and runs as it always does.

`telegram`, `door`
    Telegram as a process, and the thin HTTP server that lets a bot in.
`phones`
    The people, who tap and wait.
`shown`, `screens`
    The two screens that all bots show, captured from the product.
`preparing`, `contenders`, `children`
    The product's database; the bots that run; processes.
`kernel`
    What the kernel says of a process.
"""

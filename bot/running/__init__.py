"""The processes: what `run`, `web` and `worker` do side by side, and what each of them loads.

`process` starts, watches and ends it all, `ending` sees that it ends in time;
`one_poller` lets one of several ask Telegram; `delivering` is what leaves by itself (outbox, reminders, orders' days);
`loading` loads the program so that it costs little memory, `loop` is what it runs in.
"""

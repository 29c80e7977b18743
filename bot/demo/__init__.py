"""The demo: a stage with a Telegram and a clock of its own, the sample, and a renewal that plays itself.

`stage` sets up the playground, the customers and the bot, with `own_settings`; `sample` and `sample_data` are who they
are. `walkthrough` plays a whole renewal in the terminal, tapping with `walkthrough_phone` and drawn by
`walkthrough_paper`; `walkthrough_withdrawal` is the end of one that withdraws. `time_machine` moves the `travel_clock`
to the next thing that happens, which `timeline` foresees.
"""

"""The demo: a stage with a Telegram and a clock of its own, the sample, and a renewal that plays itself."""

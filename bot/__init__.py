"""Rinnovo: a Telegram bot that renews certified (PEC) mailboxes."""

"""Sending: what has to leave the bot is written to the outbox, claimed from it, and sent."""

"""What is called over HTTP: Telegram's webhook, and the pages that say how the bot is."""

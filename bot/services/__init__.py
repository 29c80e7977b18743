"""What the bot can do, one module a thing: transactions around the rules of `bot.domain`."""

"""What is between Telegram and the handlers: how updates come in and reach one, and how the bot presents itself."""

"""Messages for chats: Telegram HTML of at most 4096 characters, one module a family."""

"""What is pushed and mailed, in words: a payload of the outbox in, text in one language out.

A payload is strict JSON that names its message and carries the facts of the moment when it was written; see
`bot.services.notices`. Rendering happens when it is sent, so that it speaks the language that the chat has by then.
"""

from bot.messages.model import ChatButton, ChatMessage, MailMessage, UnknownMessage

__all__ = ["ChatButton", "ChatMessage", "MailMessage", "UnknownMessage"]

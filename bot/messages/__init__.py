"""What is pushed and mailed, in words: a payload of the outbox in, text in one language out.

A payload is strict JSON that names its message and carries the facts of the moment when it was written; see
`bot.services.sending.notices`. Rendering happens when it is sent, so that it speaks the language that the chat has
by then.

`render` knows every message by its name; `chat` and `mail` have one module for each family. `told` has the payload
of each, of `facts` and `reminded`, in the forms that `versions` knows; `words`, `paying`, `reminder_words`,
`space_words`, `promise_words` and `automatic_words` have the sentences that chats and e-mails share, `blocks` puts
them together. `withdrawal_words` are the steps and the statement of a withdrawal, `receipts` its receipt; `paper` is
evidence as a PDF. `qr` is the picture of a transfer, `links` lead from an e-mail into the chat, `calendar_file` has
deadlines for a calendar, and `model` is a message that is ready to be sent.
"""

from bot.messages.model import ChatButton, ChatMessage, MailMessage, Picture, Unsubscribe
from bot.messages.render import mail_of, render_chat, render_mail, with_phrase
from bot.messages.told import read_told
from bot.messages.versions import UnreadablePayload

__all__ = [
    "ChatButton",
    "ChatMessage",
    "MailMessage",
    "Picture",
    "UnreadablePayload",
    "Unsubscribe",
    "mail_of",
    "read_told",
    "render_chat",
    "render_mail",
    "with_phrase",
]

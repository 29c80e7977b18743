"""The channel `mail`: a row of the outbox becomes an e-mail, handed to the server of `SMTP_URL`.

`composing` writes the message with its headers, `connection` hands it over, `answers` judges what the server said,
and `mailer` is the sender that the outbox knows.
"""

from bot.services.sending.mail.mailer import Mailer

__all__ = ["Mailer"]

"""What a catalogue needs of the settings."""

from bot.domain.catalogue import Catalogue, PaymentLink


def missing_setting(catalogue: Catalogue, *, mail: bool) -> str | None:
    """The setting without which the catalogue cannot be kept, in a line for the operator; None where all is there.

    `mail` says whether e-mail is set up: links to pay that go by e-mail alone would reach nobody without it.
    """
    if catalogue.rules.payment_link is PaymentLink.MAIL and not mail:
        return (
            'SMTP_URL is missing, which rules.payment_link = "mail" of the catalogue needs: it should be smtp:// or '
            "smtps:// with user, password and host"
        )
    return None

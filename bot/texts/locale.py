"""The languages that the bot speaks."""

from enum import StrEnum


class Locale(StrEnum):
    """A language of the bot; its value is the folder's name and what the database stores."""

    IT = "it"
    EN = "en"

    @property
    def babel(self) -> str:
        """The regional form that Babel formats by: plain `en` would write American dates."""
        return _BABEL[self]

    @classmethod
    def of(cls, language_code: str | None) -> "Locale":
        """Return the best language for a Telegram `language_code` such as `it`, `en-GB` or `de`.

        Italian when Telegram says nothing, as the mailboxes are Italian; English for every other language.
        """
        if not language_code or language_code.lower().partition("-")[0] == cls.IT:
            return cls.IT
        return cls.EN


_BABEL = {Locale.IT: "it_IT", Locale.EN: "en_GB"}

"""The settings: all that an operator can say from outside, read once from the environment and `.env`.

A variable of the environment wins over the same one in `.env`; one that is empty counts as not set. All
that is missing or wrong is reported together, each in one line that names the variable and says what it
should be.

This module has the settings and reads them; `types` is what a value may be, `declaring` how a setting is declared,
and `env_file` reads `.env`.
"""

import difflib
import os
from collections.abc import Collection, Mapping
from dataclasses import Field, dataclass, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.clock import ROME
from bot.db.keys import KeyRing
from bot.settings import types
from bot.settings.declaring import Described, setting
from bot.settings.env_file import read_env_file

PROJECT = Path(__file__).resolve().parents[2]
TELEGRAM_API = "https://api.telegram.org"


class SettingsError(Exception):
    """One or more settings are missing or wrong; the message has one line for each."""

    def __init__(self, problems: Collection[str]) -> None:
        """Take the lines."""
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


_ADDRESS_SECRET = "whsec_ and 24 to 64 random bytes in base64"  # noqa: S105 (a description)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the operator has set. Secrets never show in `repr`; ask for them with `get_secret_value()`."""

    bot_token: SecretStr | None = setting(types.bot_token, "the token that @BotFather gave, like 123456:AAE…")
    bot_api_url: str = setting(
        types.bot_api_url,
        "the https:// address of a Bot API server; http:// only within your own network",
        TELEGRAM_API,
        "Telegram's own",
    )
    database_url: SecretStr = setting(
        types.database_url,
        "sqlite:///path/to/file.db or postgresql://user:password@host/name",
        SecretStr("sqlite:///data/rinnovo.db"),
        "`sqlite:///data/rinnovo.db`",
    )
    redis_url: SecretStr | None = setting(
        types.redis_url,
        "redis://host:6379/0, rediss:// for TLS, or unix:///path",
        says="not set: one process a bot",
    )
    public_url: str | None = setting(
        types.public_url,
        "the https:// address at which Telegram reaches this bot",
        says="not set: the bot asks Telegram for updates",
    )
    webhook_secret: SecretStr | None = setting(
        types.webhook_secret, "16 to 256 letters, digits, _ or -", says="not set; needed with `PUBLIC_URL`"
    )
    host: str = setting(
        types.host,
        "the address to listen on, like 127.0.0.1",
        "",
        "0.0.0.0 with `PUBLIC_URL`, else 127.0.0.1",
    )
    port: int = setting(types.port, "a port from 1 to 65535", 8080, "8080")
    payment_callback_secrets: tuple[SecretStr, ...] = setting(
        types.signing_secrets,
        f"one or more secrets separated by commas, each {_ADDRESS_SECRET}",
        (),
        "none: payment callbacks are refused",
    )
    data_keys: SecretStr | None = setting(
        types.data_keys,
        "one or more keys separated by commas, each 32 random bytes in URL-safe base64; the first encrypts",
        says="not set; `run` needs it",
    )
    smtp_url: types.SmtpServer | None = setting(
        types.smtp_server,
        "smtp://user:password@host:587, or smtps:// for TLS from the start",
        says="not set: no mail",
    )
    mail_from: str | None = setting(
        types.mail_address,
        "the sender of the mail, like rinnovi@example.com or Rinnovi <rinnovi@example.com>",
        says="not set; needed with `SMTP_URL`",
    )
    catalogue: Path = setting(
        types.existing_file, "the path of a catalogue file", PROJECT / "catalogue.toml", "`catalogue.toml`"
    )
    operator_chat_id: int | None = setting(
        types.chat_id,
        "the number of the Telegram chat that gets alerts",
        says="not set: alerts are only logged",
    )
    operator_user_ids: frozenset[int] = setting(
        types.user_ids,
        "the Telegram numbers of the people who may decide on payments in the chat, separated by commas",
        frozenset(),
        "nobody decides in the chat",
    )
    statements_dir: Path | None = setting(
        types.existing_folder,
        "a folder into which the bank's statements are put",
        says="not set: statements come by command",
    )
    events_url: str | None = setting(
        types.sealed_url,
        "the https:// address that receives events",
        says="not set: no events are sent",
    )
    events_secret: SecretStr | None = setting(
        types.signing_secret, _ADDRESS_SECRET, says="not set; needed with `EVENTS_URL`"
    )
    metrics_token: SecretStr | None = setting(
        types.metrics_token,
        "16 to 256 letters, digits, _ or -, shown as `Authorization: Bearer …`",
        says="not set",
    )
    metrics_port: int | None = setting(
        types.port,
        "a port from 1 to 65535 of its own, for whoever watches the bot",
        says="not set: numbers and details for this machine alone",
    )
    timezone: ZoneInfo = setting(types.timezone, "a time zone, like Europe/Rome", ROME, "`Europe/Rome`")
    log_format: types.LogFormat = setting(
        types.log_format, "json, text or auto", "auto", "`auto`: text on a terminal, else JSON"
    )
    sentry_dsn: SecretStr | None = setting(
        types.sentry_dsn, "the DSN of a Sentry project, https://key@host/1"
    )

    @property
    def listen_on(self) -> str:
        """Where the web server listens: everywhere if Telegram calls from outside, else on this machine."""
        everywhere, here = "0.0.0.0", "127.0.0.1"  # noqa: S104 (meant)
        return self.host or (everywhere if self.public_url else here)

    def token(self) -> str:
        """Return the bot's token.

        Raises:
            SettingsError: it is not set.
        """
        return self._needed("bot_token", self.bot_token)

    def key_ring(self) -> KeyRing:
        """Return a new ring with the keys of the personal data.

        Raises:
            SettingsError: they are not set.
        """
        return KeyRing.parse(self._needed("data_keys", self.data_keys))

    @staticmethod
    def _needed(name: str, value: SecretStr | None) -> str:
        if value is None:
            raise SettingsError([_missing(_BY_NAME[name.upper()])])
        return value.get_secret_value()


def load(
    environ: Mapping[str, str] | None = None,
    env_file: Path | None = Path(".env"),
    *,
    required: Collection[str] = (),
) -> Settings:
    """Read the settings. `required` names the variables that the command cannot do without.

    `environ` is the process's own unless another is given; without `env_file` no file is read.

    Raises:
        SettingsError: something is missing or wrong.
    """
    from_file, problems = read_env_file(env_file) if env_file else ({}, [])
    problems += _misspelt(from_file, env_file)
    environ = os.environ if environ is None else environ
    given = from_file | {name: text for name, text in environ.items() if text.strip()}
    values: dict[str, Any] = {}
    for name, each in _BY_NAME.items():
        text = given.get(name, "").strip()
        if text:
            try:
                values[each.name] = each.metadata["parse"](text)
            except ValueError as error:
                problems.append(f"{name} is wrong ({error}): it should be {each.metadata['should_be']}")
        elif name in required:
            problems.append(_missing(each))
    problems += _incomplete(values, given)
    if values.get("metrics_port", 0) == values.get("port", _BY_NAME["PORT"].default):
        problems.append("METRICS_PORT is wrong (the bot itself is at PORT): it should be another port")
    if problems:
        raise SettingsError(problems)
    return Settings(**values)


def describe() -> list[Described]:
    """Return every setting with what it should be and its default, in the order of the documentation."""
    return [
        Described(name, each.metadata["should_be"], each.metadata["says"]) for name, each in _BY_NAME.items()
    ]


def _missing(setting: "Field[Any]", because: str = "") -> str:
    return f"{setting.name.upper()} is missing{because}: it should be {setting.metadata['should_be']}"


def _incomplete(values: Mapping[str, Any], given: Mapping[str, str]) -> list[str]:
    """Find settings that need another one which nobody has set."""
    pairs = (
        ("public_url", "webhook_secret"),
        ("smtp_url", "mail_from"),
        ("events_url", "events_secret"),
    )
    return [
        _missing(_BY_NAME[needed.upper()], f", which {name.upper()} needs")
        for name, needed in pairs
        if name in values and not given.get(needed.upper(), "").strip()
    ]


def _misspelt(from_file: Mapping[str, str], env_file: Path | None) -> list[str]:
    """Find names in the file that are almost a setting's: nobody would notice that they do nothing."""
    problems = []
    for name in from_file:
        near = difflib.get_close_matches(name.upper(), _BY_NAME, n=1, cutoff=0.85)
        if near and name not in _BY_NAME and env_file:
            problems.append(f"{name} in {env_file.name} is not a setting: it should be {near[0]}")
    return problems


_BY_NAME: dict[str, "Field[Any]"] = {each.name.upper(): each for each in fields(Settings)}

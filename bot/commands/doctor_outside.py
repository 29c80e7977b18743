"""The `doctor` asks what is outside of this machine's disk: Redis, Telegram, its own address, the mail server."""

from typing import TYPE_CHECKING, Any, Final

from bot.commands.doctor_outcomes import PATIENCE_SECONDS, Fault, Off, Waits

if TYPE_CHECKING:
    import httpx

    from bot.settings import Settings

_KEEPS_EVERYTHING: Final = "noeviction"
"""What Redis calls it when it forgets nothing to make room."""


async def redis(settings: "Settings") -> str:
    """Whether it answers, and keeps what it is given."""
    if settings.redis_url is None:
        raise Off("REDIS_URL is not set: conversations are kept in the database")

    from redis.asyncio import Redis
    from redis.exceptions import RedisError

    client: Redis = Redis.from_url(settings.redis_url.get_secret_value())
    try:
        policy = (await client.info("memory")).get("maxmemory_policy", _KEEPS_EVERYTHING)
    except (RedisError, OSError) as error:
        raise Fault(f"it cannot be reached ({type(error).__name__}): check REDIS_URL") from error
    finally:
        await client.aclose()
    if policy != _KEEPS_EVERYTHING:
        raise Waits(
            f"answers, but forgets conversations when its memory is full (maxmemory-policy {policy}): "
            f"set it to {_KEEPS_EVERYTHING}"
        )
    return "answers"


async def telegram(settings: "Settings") -> str:
    """Whether the token is good, and whose it is."""
    bot = await _asked(settings, "getMe")
    return f"@{bot['username']}"


async def webhook(settings: "Settings") -> str:
    """Where Telegram delivers, and whether the last deliveries arrived."""
    from datetime import UTC, datetime

    from bot.web.paths import TELEGRAM_WEBHOOK

    found = await _asked(settings, "getWebhookInfo")
    registered = str(found.get("url", ""))
    if settings.public_url is None:
        if registered:
            raise Fault(
                "one is registered, and PUBLIC_URL is not set: Telegram gives no updates to who asks for them. Set "
                "PUBLIC_URL, or remove the webhook with the Bot API's deleteWebhook"
            )
        return "none, the bot asks for updates"
    if not registered:
        raise Waits("not registered yet: the bot registers it when it starts")
    if registered != f"{settings.public_url}{TELEGRAM_WEBHOOK}":
        raise Fault(
            "Telegram delivers to another address than PUBLIC_URL: start the bot, which registers its own; if "
            "that does not last, another bot uses this token"
        )
    waiting = int(found.get("pending_update_count", 0))
    if "last_error_date" in found:
        when = datetime.fromtimestamp(found["last_error_date"], UTC).astimezone(settings.timezone)
        raise Waits(
            f"the last delivery that failed was on {when:%Y-%m-%d at %H:%M}: "
            f"{found.get('last_error_message', 'no reason given')}; {waiting} waiting"
        )
    return f"registered, {waiting} waiting"


async def public_url(settings: "Settings") -> str:
    """Whether this bot is reached at its own address, through whatever stands before it."""
    if settings.public_url is None:
        raise Off("not set: the bot asks Telegram for updates, and mails have no links to unsubscribe")

    import httpx

    from bot.web.paths import ALIVE

    address = f"{settings.public_url}/healthz"
    try:
        async with httpx.AsyncClient(timeout=PATIENCE_SECONDS) as client:
            answer, numbers = await client.get(address), await client.get(f"{settings.public_url}/metrics")
    except httpx.HTTPError as error:
        raise Fault(
            f"{address} cannot be reached ({type(error).__name__}): check name, certificate and proxy"
        ) from error
    if answer.status_code == httpx.codes.OK and answer.text == ALIVE:
        if numbers.status_code == httpx.codes.OK:
            raise Fault(
                f"{settings.public_url}/metrics is open to everybody: set METRICS_TOKEN or METRICS_PORT, or let the "
                "proxy send X-Forwarded-For"
            )
        return f"{address} answers"
    if answer.status_code in {httpx.codes.BAD_GATEWAY, httpx.codes.SERVICE_UNAVAILABLE}:
        raise Waits(f"{address} answers {answer.status_code}: the proxy is there, and the bot does not run")
    raise Fault(f"{address} answers {answer.status_code}, and it is not this bot: {_advice(answer)}")


def _advice(answer: "httpx.Response") -> str:
    if answer.is_redirect:
        return "PUBLIC_URL should be the address to which it is redirected, since Telegram follows no redirection"
    return "the proxy should pass its path on to HOST and PORT without what PUBLIC_URL has after the host"


async def smtp(settings: "Settings") -> str:
    """Whether the mail server lets the bot in, by the way on which mails are sent."""
    server = settings.smtp_url
    if server is None:
        raise Off("SMTP_URL is not set: no e-mail is sent")

    from aiosmtplib import SMTPException

    from bot.services.sending.mail.connection import Connection, PasswordInTheClear

    connection = Connection(server)
    try:
        await connection.open()
        await connection.quit()
    except PasswordInTheClear as refused:
        raise Fault(str(refused)) from refused
    except (SMTPException, OSError) as error:
        raise Fault(
            f"{server.host}:{server.port} refuses ({type(error).__name__}): check SMTP_URL"
        ) from error
    finally:
        connection.close()
    return f"{server.host}:{server.port} answers"


async def _asked(settings: "Settings", method: str) -> dict[str, Any]:
    """Telegram's answer to a question without parameters."""
    if settings.bot_token is None:
        raise Off("not asked without BOT_TOKEN")

    import httpx

    address = f"{settings.bot_api_url}/bot{settings.bot_token.get_secret_value()}/{method}"
    try:
        async with httpx.AsyncClient(timeout=PATIENCE_SECONDS) as client:
            answer = (await client.get(address)).json()
    except (httpx.HTTPError, ValueError) as error:
        raise Fault(
            f"{settings.bot_api_url} cannot be reached ({type(error).__name__}): check the network and BOT_API_URL"
        ) from error
    if not isinstance(answer, dict) or not answer.get("ok"):
        why = answer.get("description", "no reason given") if isinstance(answer, dict) else "no answer of it"
        raise Fault(f"it does not accept BOT_TOKEN ({why}): copy it again from @BotFather")
    result: dict[str, Any] = answer["result"]
    return result

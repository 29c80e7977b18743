"""`run`, `web` and `worker`: the bot as a process that answers until it is stopped."""

from bot.running.loading import loading


def run() -> None:
    """Run the whole bot in one process: by webhook when PUBLIC_URL is set, else by polling.

    An SQLite database is brought up to date first; PostgreSQL is left to the release step (`migrate`).
    """
    _serve(web=True, work=True)


def web() -> None:
    """Run only what is called over HTTP: Telegram's webhook, the callbacks, the pages of mails, health and numbers."""
    _serve(web=True, work=False)


def worker() -> None:
    """Run only what works by itself: polling while PUBLIC_URL is not set, and housekeeping."""
    _serve(web=False, work=True)


def _serve(*, web: bool, work: bool) -> None:
    from bot.settings import load

    settings = load(required=("BOT_TOKEN", "DATA_KEYS"))

    with loading():
        from bot.running.loop import run_in_loop
        from bot.running.process import Process
        from bot.watching.logs import configure_logging, secrets_of
        from bot.watching.observing import reporting_errors

    configure_logging(settings.log_format, secrets=secrets_of(settings))
    with reporting_errors(settings):
        run_in_loop(Process(settings, web=web, work=work).run())

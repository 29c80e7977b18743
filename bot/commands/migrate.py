"""`migrate`: brings the database to the tables of this version."""

from bot.commands.console import say


def migrate() -> None:
    """Make or update the tables of the database at DATABASE_URL. Done already, it changes nothing."""
    import asyncio

    from bot.settings import load

    settings = load()
    url = settings.database_url.get_secret_value()

    from bot.db.upgrade import needs_upgrade, upgrade

    async def bring_up_to_date() -> bool:
        if not await needs_upgrade(url):
            return False
        await upgrade(url)
        return True

    say("The database is up to date." if not asyncio.run(bring_up_to_date()) else "The database was updated.")

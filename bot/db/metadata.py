"""Every table of the bot, gathered: migrations compare the database with `metadata`."""

from sqlalchemy import MetaData

import bot.db.append_only  # its triggers go with the tables that they protect
import bot.db.tables
import bot.db.tables_ground  # noqa: F401 (importing a table registers it)
from bot.db.base import Base

metadata: MetaData = Base.metadata

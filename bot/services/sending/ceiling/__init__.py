"""One ceiling for all that the bot says: Telegram counts 30 messages a second, whichever process says them.

`places` are those of one process: conversations first, what is pushed after them, but for a few in each second that
somebody waits for. `dividing` says how many belong to which process, and `sharing` keeps to it, through the database or
Redis (docs/decisions/020-one-ceiling.md).
"""

from bot.services.sending.ceiling.places import CEILING, LONGEST_WAIT, Paused, Places
from bot.services.sending.ceiling.sharing import shared_ceiling

__all__ = ["CEILING", "LONGEST_WAIT", "Paused", "Places", "shared_ceiling"]

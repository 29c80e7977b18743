"""Methods about receiving updates. `getUpdates` waits, so that the world answers it itself."""

from typing import Any

from bot.playground.errors import bad_request
from bot.playground.methods.base import Call, Method

GET_UPDATES = ("offset", "limit", "timeout", "allowed_updates")
"""The parameters of `getUpdates`."""


def _set_webhook(call: Call) -> bool:
    if call.params.text("url"):
        raise bad_request("bad webhook: the playground only knows long polling")
    return _delete_webhook(call)


def _delete_webhook(call: Call) -> bool:
    if call.params.flag("drop_pending_updates"):
        call.state.updates.clear()
    return True


def _get_webhook_info(call: Call) -> dict[str, Any]:
    return {"url": "", "has_custom_certificate": False, "pending_update_count": len(call.state.updates)}


def _done(_call: Call) -> bool:
    return True


METHODS = (
    Method(
        "setWebhook",
        _set_webhook,
        ("url", "ip_address", "max_connections", "allowed_updates", "drop_pending_updates", "secret_token"),
    ),
    Method("deleteWebhook", _delete_webhook, ("drop_pending_updates",)),
    Method("getWebhookInfo", _get_webhook_info),
    Method("logOut", _done),
    Method("close", _done),
)

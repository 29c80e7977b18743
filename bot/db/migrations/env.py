"""What Alembic runs for every command, on the connection that `bot.db.upgrade` hands over."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from bot.db.metadata import metadata


def render_plain(kind: str, item: Any, _autogen_context: Any) -> str | Literal[False]:
    """Write a column type of our own as the SQLAlchemy type beneath it: migrations import nothing of ours."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render_plain,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()

"""Who is told that the reference e-mail of a customer changes: the new address, the old one, the customer's chats."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import (
    CustomerRow,
    EmailChangeRow,
    HolderRow,
    LoginCodeRow,
    MailboxRow,
)
from bot.domain.registrant import Registrant
from bot.messages import told
from bot.services.sending.customers import mail_customer, tell_chats
from bot.services.sending.notices import Notices, login_mail_key
from bot.services.sending.outbox import Channel, put
from bot.services.surroundings import Surroundings


class EmailNotices:
    """Writes what has to be said of a reference e-mail, in the transaction in which it happens."""

    def __init__(self, surroundings: Surroundings, notices: Notices, *, mail: bool) -> None:
        """Write mails where `mail` says that they can be sent; the operator's system is told through `notices`."""
        self._surroundings = surroundings
        self._notices = notices
        self._mail = mail

    async def code(
        self, session: AsyncSession, request: LoginCodeRow, code: str, *, to: str, language: str
    ) -> None:
        """A code for a new address: mail it there, in the language of the chat that asks."""
        what = told.ReferenceEmailCode(
            reader=told.Reader(to, language),
            code=code,
            minutes=(request.expires_at - request.created_at) // timedelta(minutes=1),
            good_until=request.expires_at,
        )
        await put(
            session,
            key=login_mail_key(request.id),
            channel=Channel.MAIL,
            payload=what.to_json(),
            now=self._surroundings.now(),
        )

    async def changed(
        self,
        session: AsyncSession,
        customer: CustomerRow,
        change: EmailChangeRow,
        *,
        chat_id: int,
        undo_url: str | None,
    ) -> None:
        """The address was changed: tell the old one how to undo it, and the customer's other chats.

        `undo_url` is None where the bot has no page that anybody reaches: then the mail says whom to write to.
        """
        what = told.ReferenceEmailChanged(at=change.changed_at, undo_until=change.undo_until)
        key = f"email-changed:{change.id}"
        await self._write_mail(session, customer, change.old_email, key, replace(what, undo_url=undo_url))
        await tell_chats(session, customer.id, key, what, self._surroundings.now(), apart_from=chat_id)
        await self._tell_system(session, customer, change.old_email)

    async def restored(
        self, session: AsyncSession, customer: CustomerRow, change: EmailChangeRow, *, undone: str
    ) -> None:
        """The old address is back: tell the one that was `undone`, and all chats of the customer."""
        what = told.ReferenceEmailRestored(at=self._surroundings.now())
        key = f"email-restored:{change.id}"
        await self._write_mail(session, customer, undone, key, what)
        await tell_chats(session, customer.id, key, what, self._surroundings.now())
        await self._tell_system(session, customer, undone)

    async def _tell_system(self, session: AsyncSession, customer: CustomerRow, before: str) -> None:
        """Tell the operator's system of each holder: what is invoiced and mailed is a holder's."""
        await session.flush()
        has_mailboxes = exists().where(MailboxRow.holder_id == HolderRow.id)
        holders = await session.execute(
            select(HolderRow)
            .where(HolderRow.customer_id == customer.id, has_mailboxes)
            .order_by(HolderRow.id)
        )
        for holder in holders.scalars().all():
            was = replace(Registrant.from_json(holder.data), reference_email=before)
            await self._notices.holder_corrected(session, holder, was)

    async def _write_mail(
        self, session: AsyncSession, customer: CustomerRow, to: str, key: str, what: told.Told
    ) -> None:
        if self._mail:
            await mail_customer(session, customer, key, what, self._surroundings.now(), to=to)

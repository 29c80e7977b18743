"""What the services write into the outbox is what the messages read: a whole story, sent through real senders."""

from datetime import timedelta

from bot.messages import render_chat
from bot.services.actor import Actor
from bot.services.orders.expiring import Expiring
from bot.services.sending.mail import Mailer
from bot.services.sending.notices import Notices
from bot.services.sending.outbox import Channel, Outbox, Outcome, Result
from bot.services.surroundings import Surroundings
from bot.settings.types import SmtpServer
from bot.texts import Texts
from tests.support.clock import FrozenClock
from tests.support.mail_server import MailServer, name_of_bot, serve_smtp
from tests.support.till import OPERATOR_CHAT, Till


class Sending:
    """Empties the outbox: e-mails to a server, chat messages into words."""

    def __init__(self, till: Till, surroundings: Surroundings, texts: Texts, clock: FrozenClock) -> None:
        """Read the outbox of the till's database."""
        self._outbox = Outbox(till.database, clock)
        self._surroundings = surroundings
        self._texts = texts

    async def mails(self, server: MailServer) -> list[str]:
        """Send every e-mail that is due; the subjects, in the order of their writing."""
        settings = SmtpServer("127.0.0.1", server.port, tls=False, username=None, password=None)
        async with Mailer(
            settings, "rinnovi@example.com", self._surroundings, self._texts, bot_name=name_of_bot
        ) as mailer:
            for claimed in await self._outbox.claim(Channel.MAIL, 100):
                outcome = await mailer.send(claimed)
                assert outcome == Outcome(Result.SENT)
                await self._outbox.settle(claimed, outcome)
        subjects = [str(taken.message["Subject"]) for taken in server.mails]
        server.mails.clear()
        return subjects

    async def chats(self) -> dict[int, list[str]]:
        """Put every chat message that is due into words, by chat."""
        said: dict[int, list[str]] = {}
        for claimed in await self._outbox.claim(Channel.TELEGRAM, 100):
            assert claimed.chat_id is not None
            message = render_chat(claimed.payload, self._texts.translator("it"), self._surroundings.catalogue)
            said.setdefault(claimed.chat_id, []).append(message.html)
            await self._outbox.settle(claimed, Outcome(Result.SENT))
        return said


async def test_an_order_from_its_confirmation_to_its_completion(
    till: Till, surroundings: Surroundings, texts: Texts, clock: FrozenClock
) -> None:
    sending = Sending(till, surroundings, texts, clock)
    order = await till.order(chats=(7, 8))
    async with serve_smtp() as server:
        assert await sending.mails(server) == [
            f"Ordine {order.number}: 36,48\N{NO-BREAK SPACE}€ da pagare entro il 22/12/2026"
        ]
        assert list(await sending.chats()) == [7]  # that another chat joined, told to the first

        await till.receive(till.paid(order, 2000))
        assert await sending.mails(server) == [
            f"Ordine {order.number}: ricevuti 20,00\N{NO-BREAK SPACE}€, restano 16,48\N{NO-BREAK SPACE}€"
        ]
        for (said,) in (await sending.chats()).values():
            assert "Resta da pagare <b>16,48\N{NO-BREAK SPACE}€</b>" in said

        await till.receive(till.paid(order, 2000, "bank-2"))
        assert await sending.mails(server) == [f"Rinnovo completato: ordine {order.number}"]
        said_to = await sending.chats()
        assert set(said_to) == {7, 8, OPERATOR_CHAT}
        for chat in (7, 8):
            assert "Rinnovo completato" in said_to[chat][0]
            assert "<b>3,52\N{NO-BREAK SPACE}€</b> più del dovuto" in said_to[chat][0]
        assert "Da rimborsare: <b>3,52\N{NO-BREAK SPACE}€</b>" in said_to[OPERATOR_CHAT][0]


async def test_an_order_that_is_cancelled(
    till: Till, surroundings: Surroundings, texts: Texts, clock: FrozenClock
) -> None:
    sending = Sending(till, surroundings, texts, clock)
    order = await till.order()
    await till.services.orders.cancel(Actor(7, "it"), order.number)
    async with serve_smtp() as server:
        subjects = await sending.mails(server)
    assert subjects[-1] == f"L'ordine {order.number} è annullato"
    assert await sending.chats() == {}


async def test_an_order_paid_in_part_that_expires(
    till: Till, surroundings: Surroundings, texts: Texts, clock: FrozenClock
) -> None:
    sending = Sending(till, surroundings, texts, clock)
    notices = Notices(surroundings, operator_chat_id=OPERATOR_CHAT, mail=True, events=True)
    expiring = Expiring(till.database, surroundings, notices)
    order = await till.order()
    await till.receive(till.paid(order, 2000))
    await sending.chats()
    async with serve_smtp() as server:
        await sending.mails(server)
        clock.advance(order.payable_until - surroundings.today())
        await expiring.run()
        ((said,),) = (await sending.chats()).values()
        assert "restano da pagare <b>16,48\N{NO-BREAK SPACE}€</b>" in said
        assert f"{order.number} integrazione" in said
        clock.advance(timedelta(days=1))
        await expiring.run()
        said_to = await sending.chats()
        assert "I 20,00\N{NO-BREAK SPACE}€ già registrati non vanno persi" in said_to[7][0]
        assert "L'ordine è scaduto" in said_to[OPERATOR_CHAT][0]
        assert await sending.mails(server) == [
            f"Ordine {order.number}: 16,48\N{NO-BREAK SPACE}€ da pagare entro il 23/03/2027",
            f"L'ordine {order.number} è scaduto",
        ]

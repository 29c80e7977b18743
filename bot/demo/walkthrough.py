"""Plays one whole renewal in the terminal, the long way, and checks that all that was said of it agrees.

It begins with the reminder that the bot pushes by itself, whose *Altre scelte* opens the renewal. The order is what the
screens said; its payment, reported by the real callback, completes it; the chat and the mail say so; and then there is
nothing to say until the next expiry is near.
"""

from datetime import date, datetime, timedelta

from rich.console import Console

from bot.demo.sample import Persona
from bot.demo.stage import Stage
from bot.demo.walkthrough_paper import Paper
from bot.demo.walkthrough_phone import NotAsExpected, Phone
from bot.demo.walkthrough_statement import pay_by_statement
from bot.demo.walkthrough_withdrawal import mails_about, withdraw_from
from bot.domain.catalogue import Catalogue, DocumentId, MethodFamily, PaymentMethod
from bot.domain.money import amount
from bot.domain.orders import OrderStatus
from bot.messages.words import hour
from bot.playground.messages import Message
from bot.playground.people import Persona as Player
from bot.services.actor import Actor
from bot.services.orders.rows import Order
from bot.services.services import Services
from bot.texts import Locale
from bot.texts.formats import long_date, money, short_date

_PLAN = "pro"
_YEARS = 2
_WIDTH = 80


class Walkthrough:
    """One renewal from the reminder to its completion: another plan, extra GB, no kit, two years, a bank transfer."""

    def __init__(
        self,
        stage: Stage,
        persona: Persona,
        language: str,
        at: datetime | None,
        *,
        withdraw: bool = False,
        by_statement: bool = False,
    ) -> None:
        """Let `persona` speak `language` with the bot on this stage.

        `at` is when the reminder is answered, as a clock on a wall of the operator's shows it; without it, at once.
        With `withdraw` it goes on: who has just paid withdraws from the order. `by_statement` has it paid by what the
        bank says, and no call.
        """
        self._withdraw = withdraw
        self._by_statement = by_statement
        self._stage = stage
        self._persona = persona
        self._at = at
        self._player = _player_of(stage, persona)
        self._name = persona.titles[language]
        self._locale = Locale(language)
        self._translator = stage.running.texts.translator(language)
        self._phone = Phone(stage.world, self._player.user_id)
        self._paper = Paper(Console(highlight=False, width=_WIDTH))
        stage.world.open_chat(self._player.user_id, self._name, language)

    @property
    def _catalogue(self) -> Catalogue:
        return self._services.surroundings.catalogue

    @property
    def _services(self) -> Services:
        return self._stage.running.conversation.services

    async def play(self) -> bool:
        """Play it; True only if the order is complete, for the amount that every screen said, and the chat was told."""
        try:
            await self._join()
            await self._be_reminded()
            await self._choose()
            recap = await self._accept()
            order = await self._place(recap)
            expiry = await self._pay(order)
            if self._withdraw:
                due_back = await withdraw_from(
                    self._stage, self._phone, self._paper, self._translator, order, self._tap
                )
                self._paper.line(due_back, good=True)
                return True
            silent_until = await self._look_ahead(expiry)
        except NotAsExpected as problem:
            if problem.screen is not None:
                self._paper.bot_shows(problem.screen)
            self._paper.line(f"The walkthrough stopped: expected {problem.expected}.", good=False)
            return False
        due = money(order.quote.due, self._locale)
        self._paper.line(
            f"Order {order.number} is paid and complete, for {due} until {short_date(expiry, self._locale)}: "
            "the screens, the payment, the message in the chat, the mail and the database agree.",
            good=True,
        )
        self._paper.line(
            f"Silence until {short_date(silent_until, self._locale)}: the next reminder comes then, "
            f"{(expiry - silent_until).days} days before the new expiry.",
            good=True,
        )
        return True

    def _say(self, key: str, **variables: object) -> str:
        return self._translator.plain(key, **variables)

    async def _join(self) -> None:
        """Let the person have joined the chat some time ago: with an invitation that speaks of no mailbox."""
        invitation = await self._services.linking.invite(self._persona.customer)
        self._paper.title(f"{self._name} · {self._today()}")
        self._paper.person_writes(self._name, "/start …")
        self._paper.bot_shows(await self._phone.follow(invitation.token))

    async def _be_reminded(self) -> None:
        """Wait for the hour at which reminders leave, and tap *Altre scelte* on the one that comes by itself."""
        before = self._phone.newest
        if before is None:
            raise NotAsExpected("a first screen above the reminder", None)
        await self._stage.machine.on_to_next(self._player.user_id, _stay)
        self._paper.title(self._today())
        await self._phone.hear(self._persona.address, before)
        await self._wait()
        await self._tap(self._say("reminder-other-choices"))

    async def _wait(self) -> None:
        """Let it be the day and the hour that were asked for."""
        if self._at is None:
            return
        moment = self._at.replace(tzinfo=self._stage.running.settings.timezone)
        await self._stage.machine.wait_until(self._player.user_id, moment)
        self._paper.title(f"{self._today()}, {hour(self._at.time())}")

    async def _choose(self) -> None:
        """Every choice of the long way, in the order in which it is asked."""
        plan = self._catalogue.plans[_PLAN].names[self._locale]
        await self._tap(self._say("renewal-offer-change-plan"))
        await self._tap(plan)
        await self._tap(self._say("renewal-plan-take", new=plan, due=0).partition(" · ")[0])
        await self._tap(self._say("renewal-space-more-mailbox", gb=1))
        await self._tap(self._say("nav-continue"))
        await self._tap(self._say("renewal-kit-choice-none"))
        await self._tap(self._say("renewal-registrant-confirm"))
        await self._tap(self._transfer.names[self._locale])
        await self._tap(self._say("renewal-year-count", years=_YEARS))

    @property
    def _transfer(self) -> PaymentMethod:
        """The bank transfer that a consumer may choose."""
        for method in self._catalogue.methods.values():
            if method.family is MethodFamily.BANK_TRANSFER and not (
                method.commitment_letter or method.instant
            ):
                return method
        raise NotAsExpected("a catalogue with a bank transfer", None)

    async def _accept(self) -> str:
        """Tick what is required, and return the words of the recap."""
        for document in DocumentId:
            if document is not DocumentId.EARLY_START:
                await self._tap(self._say(f"renewal-recap-accept-{document.value}"))
        await self._phone.wait_for(self._final_words())
        return self._phone.words

    def _final_words(self) -> str:
        """What the final button says before its amount."""
        return self._say("renewal-recap-order", due=0).partition(money(0, self._locale))[0].strip()

    async def _place(self, recap: str) -> Order:
        """Tap the final button, and return the order, which must be as the screens said."""
        final = self._phone.label(self._final_words())
        await self._tap(final)
        await self._phone.wait_for(self._say("renewal-placed-open"))
        confirmation = self._phone.screen
        if confirmation is None:
            raise NotAsExpected("the confirmation", None)
        self._paper.bot_shows(confirmation)
        orders = await self._services.orders.list(self._actor)
        if len(orders) != 1:
            raise NotAsExpected(f"one order in the database, not {len(orders)}", confirmation)
        order = orders[0]
        await self._phone.tap(self._say("order-qr"))
        self._paper.bot_shows(await self._phone.hear(order.number, confirmation))
        if final != self._say("renewal-recap-order", due=order.quote.due):
            raise NotAsExpected(f"a final button for {order.quote.due} cents, not {final!r}", confirmation)
        due = money(order.quote.due, self._locale)
        for name, words in (("recap", recap), ("confirmation", confirmation.text)):
            if due not in words:
                raise NotAsExpected(f"{due} on the {name}", confirmation)
        if order.number not in confirmation.text:
            raise NotAsExpected(f"the order number {order.number} on the confirmation", confirmation)
        return order

    async def _pay(self, order: Order) -> date:
        """Let the payment come in; return the new expiry, which chat and mail must say."""
        before = self._phone.newest
        if before is None:
            raise NotAsExpected("a confirmation above the completion", None)
        if self._by_statement:
            await pay_by_statement(self._stage, self._paper, before, self._locale.value)
        else:
            await self._report(order, before)
        told = await self._phone.hear(self._say("message-completed-title"), before)
        self._paper.bot_shows(told)
        (item,) = order.items
        for fact in (
            order.number,
            item.address,
            money(order.quote.due, self._locale),
            self._long(item.new_expiry),
        ):
            if fact not in told.text:
                raise NotAsExpected(f"{fact} in the message that the renewal is complete", told)
        await self._read_mail(order)
        await self._check_stored(order, told)
        return item.new_expiry

    async def _report(self, order: Order, before: Message) -> None:
        sent = await self._stage.panel.register(order.number, amount(order.quote.due))
        self._paper.call(sent)
        wanted = {"outcome": "completed", "order": order.number, "due": amount(0)}
        if sent.answer != wanted:
            raise NotAsExpected(f"the answer {wanted}, not {sent.status} {sent.answer}", before)

    async def _read_mail(self, order: Order) -> None:
        """Wait for the two e-mails of an order: its confirmation, and its completion."""
        for mail in await mails_about(self._stage, self._phone, order.number, 2):
            self._paper.mail(mail)

    async def _look_ahead(self, expiry: date) -> date:
        """The day of the next reminder, before which nothing happens; it must be one about the new expiry."""
        stop = await self._stage.machine.peek(self._player.user_id)
        rules = self._catalogue.rules
        first = expiry - timedelta(days=max(*rules.ladder_before, rules.auto_renew_notice_days))
        if stop is None or stop.facts or not first <= stop.moment.date() < expiry:
            raise NotAsExpected(f"silence until {first}, not {stop}", self._phone.newest)
        return stop.moment.date()

    async def _check_stored(self, order: Order, told: Message) -> None:
        """The database must say what was said in the chat."""
        stored = await self._services.orders.show(self._actor, order.number)
        if stored.status is not OrderStatus.COMPLETED:
            raise NotAsExpected(f"a completed order in the database, not one that is {stored.status}", told)
        (holding,) = await self._services.renewals.holdings(self._actor)
        expiries = {box.id: box.expires_on for box in holding.mailboxes}
        for item in order.items:
            if expiries[item.mailbox_id] != item.new_expiry:
                raise NotAsExpected(f"{item.new_expiry} as the expiry in the database", told)

    @property
    def _actor(self) -> Actor:
        return Actor(self._player.user_id, self._locale.value)

    def _today(self) -> str:
        """The day that it is in the demo."""
        return self._long(self._services.surroundings.today())

    def _long(self, day: date) -> str:
        return long_date(day, self._locale)

    async def _tap(self, words: str) -> None:
        """Wait for the button, draw the screen with the button marked, tap it, and draw what the bot answers."""
        await self._phone.wait_for(words)
        screen = self._phone.screen
        label = self._phone.label(words)
        if screen is not None:
            self._paper.bot_shows(screen, label)
        answer = await self._phone.tap(label)
        if answer.text:
            self._paper.bot_says(answer.text)


def _player_of(stage: Stage, persona: Persona) -> Player:
    return next(player for player in stage.players if player.key == persona.key)


def _stay() -> None:
    """Nobody watches the clock while it moves."""

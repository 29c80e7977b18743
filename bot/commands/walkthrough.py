"""Plays one whole renewal in the terminal, the long way, and checks that the order is what the screens said."""

from rich.console import Console

from bot.commands.sample import PERSONAS
from bot.commands.walkthrough_paper import Paper
from bot.commands.walkthrough_phone import NotAsExpected, Phone
from bot.domain.catalogue import Catalogue, DocumentId, MethodFamily, PaymentMethod
from bot.playground.people import Persona
from bot.playground.world import World
from bot.runtime import Running
from bot.services.chats import Actor
from bot.services.order_rows import Order
from bot.texts import Locale
from bot.texts.formats import money

_PLAN = "pro"
_YEARS = 2
_WIDTH = 80


class Walkthrough:
    """One renewal, from the notice to the placed order: another plan, extra GB, no kit, two years, a bank transfer."""

    def __init__(self, world: World, running: Running, player: Persona, language: str) -> None:
        """Let `player` speak `language` with the bot that is `running` against `world`."""
        self._running = running
        self._player = player
        self._name = next(persona.titles[language] for persona in PERSONAS if persona.key == player.key)
        self._locale = Locale(language)
        self._translator = running.texts.translator(language)
        self._phone = Phone(world, player.user_id)
        self._paper = Paper(Console(highlight=False, width=_WIDTH))
        world.open_chat(player.user_id, self._name, language)

    @property
    def _catalogue(self) -> Catalogue:
        return self._running.conversation.services.surroundings.catalogue

    async def play(self) -> bool:
        """Play it; True only if the order was placed for the amount that every screen said."""
        try:
            await self._open()
            await self._choose()
            recap = await self._accept()
            order = await self._place(recap)
        except NotAsExpected as problem:
            if problem.screen is not None:
                self._paper.bot_shows(problem.screen)
            self._paper.line(f"The walkthrough stopped: expected {problem.expected}.", good=False)
            return False
        amount = money(order.quote.due, self._locale)
        self._paper.line(
            f"Order {order.number} is placed for {amount}: "
            "the recap, the final button, the confirmation and the database agree.",
            good=True,
        )
        return True

    def _say(self, key: str, **variables: object) -> str:
        return self._translator.plain(key, **variables)

    async def _open(self) -> None:
        payload = self._player.payload
        if payload is None:
            raise NotAsExpected("somebody who got a notice", None)
        self._paper.title(self._name)
        self._paper.person_writes(self._name, "/start …")
        await self._phone.follow(payload)

    async def _choose(self) -> None:
        """Every choice of the long way, in the order in which it is asked."""
        plan = self._catalogue.plans[_PLAN].names[self._locale]
        await self._tap(self._say("renewal-offer-change-plan"))
        await self._tap(plan)
        await self._tap(self._say("renewal-plan-take", new=plan))
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
            if method.family is MethodFamily.BANK_TRANSFER and not method.commitment_letter:
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
        for message in self._phone.messages_after(confirmation):
            self._paper.bot_shows(message)
        actor = Actor(self._player.user_id, self._locale.value)
        orders = await self._running.conversation.services.orders.list(actor)
        if len(orders) != 1:
            raise NotAsExpected(f"one order in the database, not {len(orders)}", confirmation)
        order = orders[0]
        if final != self._say("renewal-recap-order", due=order.quote.due):
            raise NotAsExpected(f"a final button for {order.quote.due} cents, not {final!r}", confirmation)
        amount = money(order.quote.due, self._locale)
        for name, words in (("recap", recap), ("confirmation", confirmation.text)):
            if amount not in words:
                raise NotAsExpected(f"{amount} on the {name}", confirmation)
        if order.number not in confirmation.text:
            raise NotAsExpected(f"the order number {order.number} on the confirmation", confirmation)
        return order

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

"""`/withdrawal/{token}`: withdraw from an order by the link in its e-mail, for who has no chat any more (DOMAIN.md 7).

The two steps are those of the chat. A GET changes nothing, since scanners of mail follow links; a POST is one of the
page's own forms, and only that of the second step withdraws. Whoever has the link has the e-mail, which names the same.
"""

from html import escape
from typing import Final

from fastapi import APIRouter, Request, Response, status
from fastapi.responses import HTMLResponse

from bot.domain.registrant import FieldError
from bot.domain.withdrawal import Right
from bot.messages.receipts import Receipt
from bot.messages.withdrawal_words import (
    boxes_named,
    follows,
    kit_name,
    receipt_body,
    statement_words,
    until_words,
)
from bot.services.errors import NotWithdrawable, NotYours
from bot.services.orders.withdrawing import Stated, Withdrawable, Withdrawals, receipt_email
from bot.services.surroundings import Surroundings
from bot.texts import Locale, Safe, Texts, Translator
from bot.web.bodies import BadForm, form_of
from bot.web.pages import HEADERS, button_form, hidden_field, page, paragraphs

PATH: Final = "/withdrawal/{token}"
BODY_LIMIT: Final = 4096
"""Bytes; our own forms have an address and a word."""
_STEP: Final = "step"
_EMAIL: Final = "email"
_SECOND: Final = "second"
_CONFIRM: Final = "confirm"


def withdrawal_router(withdrawals: Withdrawals, surroundings: Surroundings, texts: Texts) -> APIRouter:
    """The pages, for people; they are no part of the published interface."""
    router = APIRouter(include_in_schema=False)
    pages = _Pages(surroundings, texts)

    @router.api_route(PATH, methods=["GET", "HEAD"])
    async def look(token: str, request: Request) -> Response:
        try:
            found, language = await withdrawals.look(token)
        except NotYours:
            return pages.unknown(request)
        return pages.first(found, language)

    @router.post(PATH)
    async def step(token: str, request: Request) -> Response:
        try:
            found, language = await withdrawals.look(token)
            form = await form_of(request, BODY_LIMIT)
        except NotYours:
            return pages.unknown(request)
        except BadForm as bad:
            return pages.first(found, language, status_code=bad.status)
        typed = form.get(_EMAIL, "")
        if form.get(_STEP) not in {_SECOND, _CONFIRM}:
            return pages.first(found, language, typed=typed)
        try:
            email = receipt_email(typed)
        except FieldError:
            return pages.first(found, language, typed=typed, wrong=True)
        if form[_STEP] == _SECOND:
            return pages.second(found, language, email)
        try:
            found = await withdrawals.withdraw_by_link(token, pages.stated(found, language, email))
        except NotWithdrawable:
            found, language = await withdrawals.look(token)
        return pages.first(found, language)

    return router


class _Pages:
    """The pages, in the language of whom they are for."""

    def __init__(self, surroundings: Surroundings, texts: Texts) -> None:
        self._surroundings = surroundings
        self._texts = texts

    def first(
        self,
        found: Withdrawable,
        language: str,
        *,
        typed: str = "",
        wrong: bool = False,
        status_code: int = status.HTTP_200_OK,
    ) -> Response:
        """The first step; the receipt, where it is done; or why there is no such right."""
        translator, order = self._texts.translator(language), found.order
        title = translator.plain("withdrawal-page-title", order=order.number)
        if found.receipt is not None:
            return self._receipt(translator, found, found.receipt)
        if not found.right.is_online:
            return self._answer(translator, title, _said(self._why(translator, found)), status_code)
        email, kit_alone = typed or order.registrant.reference_email, found.right is Right.KIT
        catalogue = self._surroundings.catalogue
        label = translator.plain("withdrawal-page-email")
        content = (
            _said(
                Safe("\n").join(
                    [
                        translator.html("withdrawal-name", name=order.registrant.display_name),
                        translator.html("withdrawal-what", placed=order.placed_at, due=order.quote.due),
                        translator.html("withdrawal-kit", kit=kit_name(translator, catalogue, order.kit_id))
                        if kit_alone
                        else translator.html("withdrawal-boxes", **boxes_named(_addresses(found))),
                    ]
                ),
                translator.html(
                    "withdrawal-whole-kit" if kit_alone else "withdrawal-whole",
                    days=catalogue.rules.withdrawal_days,
                    **until_words(found.last_day),
                ),
            )
            + (f'<p role="alert">{escape(translator.plain("withdrawal-page-wrong"))}</p>' if wrong else "")
            + button_form(
                translator.plain("withdrawal-page-next"),
                f'<p><label for="{_EMAIL}">{escape(label)}</label>'
                f'<input type="email" id="{_EMAIL}" name="{_EMAIL}" value="{escape(email)}" required></p>',
                hidden_field(_STEP, _SECOND),
                first=True,
            )
        )
        return self._answer(translator, title, content, status_code)

    def second(self, found: Withdrawable, language: str, email: str) -> Response:
        """What follows, and the button that withdraws."""
        if not found.right.is_online:
            return self.first(found, language)
        translator = self._texts.translator(language)
        kept = hidden_field(_EMAIL, email)
        content = (
            _said(*self._second_words(translator, found, email))
            + button_form(
                translator.plain("withdrawal-confirm"), kept, hidden_field(_STEP, _CONFIRM), first=True
            )
            + button_form(translator.plain("withdrawal-page-back"), kept)
        )
        return self._answer(
            translator, translator.plain("withdrawal-page-title", order=found.order.number), content
        )

    def stated(self, found: Withdrawable, language: str, email: str) -> Stated:
        """What the second step has shown, and its button."""
        translator = self._texts.translator(language)
        return Stated(
            words=self._statement(translator, found),
            email=email,
            screen="\n\n".join(self._second_words(translator, found, email)),
            button_label=translator.plain("withdrawal-confirm"),
        )

    def unknown(self, request: Request) -> Response:
        """There is no such link."""
        language = Locale.of(request.headers.get("accept-language", "").partition(",")[0]).value
        translator, operator = self._texts.translator(language), self._surroundings.catalogue.operator
        told = translator.plain(
            "withdrawal-page-unknown", operator=operator.name, email=operator.withdrawal_email
        )
        title = translator.plain("withdrawal-page-unknown-title")
        return self._answer(translator, title, paragraphs(told), status.HTTP_404_NOT_FOUND)

    def _second_words(self, translator: Translator, found: Withdrawable, email: str) -> list[Safe]:
        return [
            translator.html("withdrawal-quote", words=self._statement(translator, found)),
            *follows(translator, self._surroundings.catalogue, found.consequences),
            translator.html("withdrawal-final", kit=found.right is Right.KIT),
            translator.html("withdrawal-to", email=email),
        ]

    def _statement(self, translator: Translator, found: Withdrawable) -> str:
        order, catalogue = found.order, self._surroundings.catalogue
        return statement_words(
            translator,
            catalogue,
            order=order.number,
            placed_at=order.placed_at,
            name=order.registrant.display_name,
            addresses=_addresses(found),
            kit=kit_name(translator, catalogue, order.kit_id) if found.right is Right.KIT else None,
        )

    def _receipt(self, translator: Translator, found: Withdrawable, receipt: Receipt) -> Response:
        order = found.order
        body = receipt_body(
            translator,
            self._surroundings.catalogue,
            receipt,
            kit_id=order.kit_id,
            auto_renew=order.auto_renew,
        )
        title = translator.plain("withdrawal-receipt-title", order=order.number, kit=receipt.kit_alone)
        return self._answer(translator, title, _said(*(Safe(part) for part in body.split("\n\n"))))

    def _why(self, translator: Translator, found: Withdrawable) -> Safe:
        operator = self._surroundings.catalogue.operator
        return translator.html(
            "withdrawal-why",
            right=found.right.value,
            until=found.last_day,
            operator=operator.name,
            email=operator.withdrawal_email,
        )

    def _answer(
        self, translator: Translator, title: str, content: str, status_code: int = status.HTTP_200_OK
    ) -> Response:
        text = page(translator, self._surroundings.catalogue, title, content)
        headers = {**HEADERS, "Content-Language": translator.locale.value}
        return HTMLResponse(text, status_code, headers=headers)


def _addresses(found: Withdrawable) -> list[str]:
    return [item.address for item in found.order.items]


def _said(*parts: Safe) -> str:
    """The words of the chat as paragraphs of a page."""
    return "".join(f'<div class="said">{part.replace(chr(10), "<br>")}</div>\n' for part in parts if part)

"""`/reference-email/{token}`: undo the change of a reference e-mail, by the link in the mail to the old address.

A GET changes nothing, since scanners of mail follow links; a POST is the page's own form. The pages name neither the
customer nor an address: the mail may have been forwarded.
"""

from typing import Final

from fastapi import APIRouter, Request, Response, status
from fastapi.responses import HTMLResponse

from bot.services.errors import NotYours
from bot.services.people.reference_emails import ReferenceEmails, Undo, UndoState
from bot.services.surroundings import Surroundings
from bot.texts import Locale, Texts
from bot.web.pages import HEADERS, button_form, page, paragraphs

PATH: Final = "/reference-email/{token}"


def reference_email_router(emails: ReferenceEmails, surroundings: Surroundings, texts: Texts) -> APIRouter:
    """The page, for people; it is no part of the published interface."""
    router = APIRouter(include_in_schema=False)
    pages = _Pages(surroundings, texts)

    @router.api_route(PATH, methods=["GET", "HEAD"])
    async def look(token: str, request: Request) -> Response:
        try:
            return pages.of(await emails.look(token))
        except NotYours:
            return pages.unknown(request)

    @router.post(PATH)
    async def undo(token: str, request: Request) -> Response:
        try:
            return pages.of(await emails.undo(token))
        except NotYours:
            return pages.unknown(request)

    return router


class _Pages:
    """The pages, in the language of whom they are for."""

    def __init__(self, surroundings: Surroundings, texts: Texts) -> None:
        self._surroundings = surroundings
        self._texts = texts

    def of(self, undo: Undo) -> Response:
        translator = self._texts.translator(undo.language)
        operator = self._surroundings.catalogue.operator
        whom = {"operator": operator.name, "email": operator.email}
        match undo.state:
            case UndoState.OPEN:
                title = "email-undo-title"
                content = paragraphs(translator.plain("email-undo-about", at=undo.changed_at)) + button_form(
                    translator.plain("email-undo-button"), first=True
                )
            case UndoState.DONE:
                title = "email-undo-done-title"
                content = paragraphs(
                    translator.plain("email-undo-done"), translator.plain("email-undo-chats", **whom)
                )
            case UndoState.OVER:
                title = "email-undo-over-title"
                content = paragraphs(translator.plain("email-undo-over", **whom))
        text = page(translator, self._surroundings.catalogue, translator.plain(title), content)
        return _answer(text, undo.language)

    def unknown(self, request: Request) -> Response:
        language = Locale.of(request.headers.get("accept-language", "").partition(",")[0]).value
        translator, catalogue = self._texts.translator(language), self._surroundings.catalogue
        told = translator.plain(
            "email-undo-unknown", operator=catalogue.operator.name, email=catalogue.operator.email
        )
        title = translator.plain("email-undo-unknown-title")
        return _answer(
            page(translator, catalogue, title, paragraphs(told)), language, status.HTTP_404_NOT_FOUND
        )


def _answer(text: str, language: str, status_code: int = status.HTTP_200_OK) -> Response:
    return HTMLResponse(text, status_code, headers={**HEADERS, "Content-Language": language})

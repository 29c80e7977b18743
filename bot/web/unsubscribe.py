"""`/reminders/{code}`: fewer reminders by e-mail, by the link in each of them, or by one tap in a mail program.

`/reminders/undo/{code}` takes back the silence that an e-mail confirmed.

A GET changes nothing, since scanners of mail follow links. A POST is one of the page's own forms, or the one-click of
RFC 8058, which comes from the mail provider's machine without anybody looking (DOMAIN.md 6).
"""

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request, Response, status
from fastapi.responses import HTMLResponse

from bot.domain.reminders import MuteLevel
from bot.services.errors import NotYours
from bot.services.reminders.mail_wishes import MailWish, MailWishes, Undo
from bot.services.surroundings import Surroundings
from bot.texts import Locale, Texts
from bot.web.bodies import BadForm, form_of
from bot.web.pages import HEADERS
from bot.web.unsubscribe_page import (
    LEVEL_FIELD,
    LEVELS,
    SURE,
    SURE_FIELD,
    choice_page,
    sure_page,
    unclear_page,
    undo_page,
    unknown_page,
)

PATH: Final = "/reminders/{code}"
UNDO_PATH: Final = "/reminders/undo/{code}"
BODY_LIMIT: Final = 4096
"""Bytes; our own forms have thirty, and the one-click as `multipart/form-data` two hundred."""
_ONE_CLICK: Final = ("List-Unsubscribe", "One-Click")


def unsubscribe_router(wishes: MailWishes, surroundings: Surroundings, texts: Texts) -> APIRouter:
    """The page, for people; it is no part of the published interface."""
    router = APIRouter(include_in_schema=False)
    answers = _Answers(surroundings, texts)

    @router.get(PATH)
    async def look(code: str, request: Request) -> Response:
        try:
            return answers.choice(await wishes.read(code), saved=False)
        except NotYours:
            return answers.unknown(request)

    @router.post(PATH)
    async def choose(code: str, request: Request) -> Response:
        try:
            wish = await wishes.read(code)
            asked = await _asked(request)
            if asked.one_click:
                wish = await wishes.stop(code)
            elif asked.level is MuteLevel.ALL and not asked.sure:
                return answers.sure(wish)
            else:
                wish = await wishes.choose(code, asked.level)
        except NotYours:
            return answers.unknown(request)
        except _Unclear as unclear:
            return answers.unclear(wish, unclear.status)
        return answers.choice(wish, saved=True)

    _add_undoing(router, wishes, answers)
    return router


def _add_undoing(router: APIRouter, wishes: MailWishes, answers: "_Answers") -> None:
    """The page of the link that undoes one wish."""

    @router.get(UNDO_PATH)
    async def look_back(code: str, request: Request) -> Response:
        try:
            return answers.undo(await wishes.look_back(code), done=False)
        except NotYours:
            return answers.unknown(request)

    @router.post(UNDO_PATH)
    async def undo(code: str, request: Request) -> Response:
        # Whatever the form says, this address does one thing: nobody posts to it but the button of its page.
        try:
            return answers.undo(await wishes.undo(code), done=True)
        except NotYours:
            return answers.unknown(request)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a form asks for: the one-click of a mail program, or a level; `sure` confirms that of silence."""

    level: MuteLevel | None = None
    sure: bool = False
    one_click: bool = False


class _Unclear(Exception):
    """What was sent is none of our forms; `status` is how it is answered."""

    def __init__(self, status_code: int) -> None:
        super().__init__("none of our forms")
        self.status = status_code


class _Answers:
    """The pages, in the language of whom they are for."""

    def __init__(self, surroundings: Surroundings, texts: Texts) -> None:
        self._surroundings = surroundings
        self._texts = texts

    def choice(self, wish: MailWish, *, saved: bool) -> Response:
        translator = self._texts.translator(wish.language)
        page = choice_page(translator, self._surroundings.catalogue, wish, saved=saved)
        return _answer(page, wish.language)

    def undo(self, undo: Undo, *, done: bool) -> Response:
        translator = self._texts.translator(undo.wish.language)
        page = undo_page(translator, self._surroundings.catalogue, undo, done=done)
        return _answer(page, undo.wish.language)

    def sure(self, wish: MailWish) -> Response:
        page = sure_page(self._texts.translator(wish.language), self._surroundings.catalogue, wish)
        return _answer(page, wish.language)

    def unclear(self, wish: MailWish, status_code: int) -> Response:
        page = unclear_page(self._texts.translator(wish.language), self._surroundings.catalogue)
        return _answer(page, wish.language, status_code)

    def unknown(self, request: Request) -> Response:
        language = Locale.of(request.headers.get("accept-language", "").partition(",")[0]).value
        page = unknown_page(self._texts.translator(language), self._surroundings.catalogue)
        return _answer(page, language, status.HTTP_404_NOT_FOUND)


def _answer(page: str, language: str, status_code: int = status.HTTP_200_OK) -> Response:
    return HTMLResponse(page, status_code, headers={**HEADERS, "Content-Language": language})


async def _asked(request: Request) -> _Asked:
    """Read a form, in either of the two ways in which RFC 8058 lets the one-click come; no file is taken.

    Raises:
        _Unclear: it is too large, or none of ours.
    """
    try:
        form = await form_of(request, BODY_LIMIT)
    except BadForm as bad:
        raise _Unclear(bad.status) from bad
    if form.get(_ONE_CLICK[0]) == _ONE_CLICK[1]:
        return _Asked(one_click=True)
    word = form.get(LEVEL_FIELD)
    if word is None or word not in LEVELS:
        raise _Unclear(status.HTTP_400_BAD_REQUEST)
    return _Asked(LEVELS[word], sure=form.get(SURE_FIELD) == SURE)

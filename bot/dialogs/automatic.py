"""How the switch of automatic renewal reads, wherever it is shown: as it stands, and what a tap would mean."""

from aiogram_dialog import DialogManager

from bot.dialogs.context import services_of, translator_of
from bot.dialogs.renewal.forms import blocks
from bot.dialogs.renewal.mailbox_text import lines_of
from bot.dialogs.widgets import Choice
from bot.domain.catalogue import Catalogue
from bot.domain.notice_ways import NoticeWay
from bot.domain.switching import NotNow
from bot.messages.words import named, split_ended
from bot.services.renewing.standing import LastSwitch, Standing
from bot.texts import Safe, Translator


def switch_words(manager: DialogManager, standing: Standing) -> Safe:
    """The mailbox, whether it renews itself and since when, and what switching would mean (DOMAIN.md 3.6)."""
    translator, surroundings = translator_of(manager), services_of(manager).surroundings
    catalogue, charged = surroundings.catalogue, standing.terms.charge_on <= surroundings.today()
    means = (
        translator.html(
            "automatic-if-off",
            charged=charged,
            expires=standing.mailbox.expires_on,
            gone=standing.mailbox.gone_on is not None,
        )
        if standing.on
        else _if_on(manager, catalogue, standing)
    )
    asked = standing.on and services_of(manager).auto_renewal.has_ways
    return translator.html(
        "automatic",
        address=standing.mailbox.address,
        body=blocks(
            lines_of(
                [
                    _state(translator, standing, charged=charged),
                    last_switch(translator, standing.last),
                    translator.html("automatic-notice-comes", way=standing.notice_way.value)
                    if asked
                    else None,
                ]
            ),
            split_ended(translator, catalogue, today=surroundings.today())
            if standing.split_ends and standing.terms.due is not None
            else None,
            means,
        ),
    )


def notice_tick(manager: DialogManager, way: NoticeWay) -> Choice | None:
    """The tick of the notice by e-mail, whose id is the way that a tap chooses; None without e-mail."""
    if not services_of(manager).auto_renewal.has_ways:
        return None
    label = translator_of(manager).plain("automatic-notice-tick")
    return Choice.tick(way.other.value, label, chosen=way is NoticeWay.MAIL)


def way_wanted(item_id: str) -> NoticeWay:
    """Which way a tap on that tick chooses."""
    return NoticeWay.CHAT if item_id == NoticeWay.CHAT.value else NoticeWay.MAIL


def switch_tick(manager: DialogManager, standing: Standing) -> Choice | None:
    """The same of a mailbox's switch; None also where nothing is charged, and nothing can be."""
    possible = standing.on or standing.not_now is None
    return notice_tick(manager, standing.notice_way) if possible else None


def last_switch(translator: Translator, last: LastSwitch | None) -> Safe | None:
    """When it was switched last, and whether from another chat; nothing where no chat has."""
    if last is None:
        return None
    return translator.html("automatic-last", on=last.on, at=last.at, here=last.here)


def switch_label(translator: Translator, standing: Standing) -> str | None:
    """The button: what a tap does, with the amount and the day where it will cost money; None where there is none."""
    if standing.on:
        return translator.plain("automatic-switch-off")
    terms = standing.terms
    if standing.not_now is not None or terms.due is None:
        return None
    return translator.plain("automatic-switch-on", due=terms.due, charge=terms.charge_on)


def _state(translator: Translator, standing: Standing, *, charged: bool) -> Safe:
    terms = standing.terms
    if not standing.on:
        box = standing.mailbox
        return translator.html("automatic-off", expires=box.expires_on, gone=box.gone_on is not None)
    return translator.html(
        "automatic-on",
        charge=terms.charge_on,
        charged=charged,
        years=terms.years,
        priced=terms.due is not None,
        due=terms.due or 0,
        split=standing.split,
    )


def _if_on(manager: DialogManager, catalogue: Catalogue, standing: Standing) -> Safe:
    translator = translator_of(manager)
    terms = standing.terms
    if standing.not_now is not None or terms.due is None:
        return _not_now(translator, catalogue, standing)
    method = None if standing.method is None else catalogue.methods[standing.method]
    return blocks(
        translator.html(
            "automatic-if-on",
            charge=terms.charge_on,
            due=terms.due,
            years=terms.years,
            known=method is not None,
            method="" if method is None else named(translator, method.in_sentence),
            days=catalogue.rules.auto_renew_charge_days,
        ),
        translator.html(
            "renewal-auto-renew-terms",
            split=standing.split,
            asked=services_of(manager).auto_renewal.has_ways,
            way=standing.notice_way.value,
        ),
    )


def _not_now(translator: Translator, catalogue: Catalogue, standing: Standing) -> Safe:
    carrying = [
        named(translator, method.in_sentence)
        for method in catalogue.methods.values()
        if method.carries_auto_renew
    ]
    reason = standing.not_now or NotNow.NO_PRICE
    if reason is NotNow.NO_METHOD and not carrying:
        return translator.html("automatic-never")
    return translator.html(
        "automatic-not-now",
        reason=reason.value,
        charge=standing.terms.charge_on,
        order=standing.mailbox.open_order or "",
        methods=tuple(carrying),
    )

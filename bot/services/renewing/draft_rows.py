"""A draft between its rows and the value that the rules work on."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.db.tables import DraftItemRow, DraftRow
from bot.domain.catalogue import DocumentId
from bot.domain.drafts import Acceptance, Draft, Facts, Item, KitChoice, reconciled
from bot.domain.held import rebased
from bot.domain.notice_ways import NoticeWay
from bot.domain.registrant import KitHolder, Registrant, ShippingAddress
from bot.domain.space import ExtraSpace
from bot.domain.steps import Step
from bot.services.renewing.stored_drafts import Stored, StoredItem, item_rows


def _kit(row: Stored) -> KitChoice | None:
    if not row.kit_answered:
        return None
    return KitChoice(
        row.kit_id,
        None if row.kit_holder is None else KitHolder.from_json(row.kit_holder),
        None if row.shipping is None else ShippingAddress.from_json(row.shipping),
    )


def _acceptance(record: dict[str, Any]) -> Acceptance:
    return Acceptance(
        DocumentId(record["document"]),
        record["version"],
        record["language"],
        datetime.fromisoformat(record["at"]),
    )


def read_draft(row: Stored, facts: Facts) -> Draft:
    """The value of a row, without what the world has taken away meanwhile.

    Data of the holder that changed on record since they were confirmed are to be confirmed again; what was not
    corrected here is as it is on record now (DOMAIN.md 3.5).
    """
    registrant, changed = _card(row, facts)
    draft = Draft(
        id=row.id,
        chat_id=row.chat_id,
        holder_id=row.holder_id,
        step=Step(row.step),
        items=tuple(
            Item(
                item.mailbox_id,
                item.plan_id,
                ExtraSpace(item.extra_mailbox_gb, item.extra_archive_gb),
                None if item.accepted_loss is None else Decimal(item.accepted_loss),
            )
            for item in row.items
        ),
        kit=_kit(row),
        registrant=registrant,
        registrant_confirmed=row.registrant_confirmed and not changed,
        method_id=row.method_id,
        auto_renew=row.auto_renew,
        years=row.years,
        acceptances=tuple(_acceptance(record) for record in row.acceptances),
        notice_by=None if row.notice_by is None else NoticeWay(row.notice_by),
        way=tuple(Step(name) for name in row.way.split(",") if name),
        express=row.express,
    )
    return reconciled(draft, facts)


def card_changed(row: Stored, facts: Facts) -> bool:
    """Whether the card says other than when the draft was last written: who taps below it may not have seen that."""
    return _card(row, facts)[1]


def _card(row: Stored, facts: Facts) -> tuple[Registrant | None, bool]:
    """The corrected card, None while nothing is corrected; and whether the record changed it since it was written."""
    mine = None if row.registrant is None else Registrant.from_json(row.registrant)
    if row.on_file is None:
        return mine, False
    before, now = _without_email(Registrant.from_json(row.on_file)), _without_email(facts.registrant)
    if before == now:
        return mine, False
    if mine is None:
        return None, True
    fresh = rebased(_without_email(mine), before, now)
    return (mine, False) if fresh == _without_email(mine) else (fresh, True)


def _without_email(registrant: Registrant) -> Registrant:
    """The reference e-mail is the customer's, and is neither corrected nor confirmed with the card."""
    return replace(registrant, reference_email="")


def changed(row: Stored, draft: Draft, facts: Facts) -> Stored:
    """What the rows are to hold, so that they say what the draft says, which was made with these facts."""
    return replace(row, **_choices(draft, facts), items=_items(draft))


def new_row(draft: Draft, facts: Facts) -> DraftRow:
    """The rows of a draft that has just begun, with these facts."""
    return DraftRow(
        chat_id=draft.chat_id,
        holder_id=draft.holder_id,
        status="open",
        **_choices(draft, facts),
        version=0,
        created_at=facts.now,
        updated_at=facts.now,
        items=[DraftItemRow(**item) for item in item_rows(_items(draft))],
    )


def _choices(draft: Draft, facts: Facts) -> dict[str, Any]:
    kit = draft.kit
    return {
        "step": draft.step.value,
        "way": ",".join(draft.way),
        "express": draft.express,
        "kit_answered": kit is not None,
        "kit_id": None if kit is None else kit.kit_id,
        "kit_holder": None if kit is None or kit.holder is None else kit.holder.to_json(),
        "shipping": None if kit is None or kit.shipping is None else kit.shipping.to_json(),
        "registrant": None if draft.registrant is None else draft.registrant.to_json(),
        "registrant_confirmed": draft.registrant_confirmed,
        "on_file": facts.registrant.to_json(),
        "method_id": draft.method_id,
        "auto_renew": draft.auto_renew,
        "notice_by": None if draft.notice_by is None else draft.notice_by.value,
        "years": draft.years,
        "acceptances": [
            {
                "document": tick.document.value,
                "version": tick.version,
                "language": tick.language,
                "at": tick.at.isoformat(),
            }
            for tick in draft.acceptances
        ],
    }


def _items(draft: Draft) -> tuple[StoredItem, ...]:
    return tuple(
        StoredItem(
            item.mailbox_id,
            item.plan_id,
            item.extra.mailbox_gb,
            item.extra.archive_gb,
            None if item.accepted_loss is None else str(item.accepted_loss),
        )
        for item in draft.items
    )

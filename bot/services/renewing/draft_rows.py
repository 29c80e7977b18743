"""A draft between its row and the value that the rules work on."""

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


def _kit(row: DraftRow) -> KitChoice | None:
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


def read_draft(row: DraftRow, facts: Facts) -> Draft:
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
    )
    return reconciled(draft, facts)


def card_changed(row: DraftRow, facts: Facts) -> bool:
    """Whether the card says other than when the draft was last written: who taps below it may not have seen that."""
    return _card(row, facts)[1]


def _card(row: DraftRow, facts: Facts) -> tuple[Registrant | None, bool]:
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


def write_draft(row: DraftRow, draft: Draft, facts: Facts) -> None:
    """Make the row say what the value says, which was made with these facts."""
    known = {item.mailbox_id: item for item in row.items}
    rows = []
    for position, item in enumerate(draft.items):
        item_row = known.get(item.mailbox_id) or DraftItemRow(mailbox_id=item.mailbox_id)
        item_row.position = position
        item_row.plan_id = item.plan_id
        item_row.extra_mailbox_gb = item.extra.mailbox_gb
        item_row.extra_archive_gb = item.extra.archive_gb
        item_row.accepted_loss = None if item.accepted_loss is None else str(item.accepted_loss)
        rows.append(item_row)
    row.items = rows
    row.step = draft.step.value
    kit = draft.kit
    row.kit_answered = kit is not None
    row.kit_id = None if kit is None else kit.kit_id
    row.kit_holder = None if kit is None or kit.holder is None else kit.holder.to_json()
    row.shipping = None if kit is None or kit.shipping is None else kit.shipping.to_json()
    row.registrant = None if draft.registrant is None else draft.registrant.to_json()
    row.registrant_confirmed = draft.registrant_confirmed
    row.on_file = facts.registrant.to_json()
    row.method_id = draft.method_id
    row.auto_renew = draft.auto_renew
    row.notice_by = None if draft.notice_by is None else draft.notice_by.value
    row.years = draft.years
    row.acceptances = [
        {
            "document": tick.document.value,
            "version": tick.version,
            "language": tick.language,
            "at": tick.at.isoformat(),
        }
        for tick in draft.acceptances
    ]
    row.updated_at = facts.now

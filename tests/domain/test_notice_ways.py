"""How the notices of several mailboxes come, as one renewal shows it and orders it (DOMAIN.md 6)."""

import pytest

from bot.domain.notice_ways import NoticeWay
from bot.domain.renewal import Renewal
from tests.support.builders import a_draft, a_mailbox, some_facts

CHAT, MAIL = NoticeWay.CHAT, NoticeWay.MAIL


@pytest.mark.parametrize(
    ("boxes", "tapped", "shown", "ordered"),
    [
        ((None, None), None, MAIL, None),
        ((None, None), CHAT, CHAT, CHAT),
        ((CHAT, CHAT), None, CHAT, CHAT),
        ((CHAT, CHAT), MAIL, MAIL, MAIL),
        ((CHAT, None), None, MAIL, MAIL),  # shown for both, so it holds for both
        ((CHAT, MAIL), None, MAIL, MAIL),
    ],
)
def test_what_is_shown_is_what_is_ordered(
    boxes: tuple[NoticeWay | None, ...],
    tapped: NoticeWay | None,
    shown: NoticeWay,
    ordered: NoticeWay | None,
) -> None:
    facts = some_facts(*(a_mailbox(number, notice_by=way) for number, way in enumerate(boxes, start=1)))
    draft = a_draft(facts, facts.mailboxes, auto_renew=True, notice_by=tapped)
    renewal = Renewal(draft, facts)
    assert (renewal.notice_way, renewal.ordered_way) == (shown, ordered)


def test_without_automatic_renewal_no_way_is_ordered() -> None:
    facts = some_facts(a_mailbox(notice_by=CHAT))
    assert Renewal(a_draft(facts, [1], notice_by=CHAT), facts).ordered_way is None

"""The shipped catalogue: a fictional operator, the plans and numbers of DOMAIN.md, true digests."""

import hashlib
import re
from datetime import date
from decimal import Decimal

import pytest

from bot.domain.catalogue import Catalogue, DocumentId, MethodFamily, RenewFrom
from bot.domain.money import vat_on
from bot.domain.registrant import HolderKind
from bot.services.catalogue.file import parse_catalogue
from tests.services.catalogue.catalogue_rows import reordered
from tests.support.catalogue import CATALOGUE_FILE, example_catalogue, example_content


def test_it_belongs_to_a_fictional_operator_and_says_so() -> None:
    operator = example_catalogue().operator
    assert operator.example
    assert "di fantasia" in operator.legal_name
    text = CATALOGUE_FILE.read_text(encoding="utf-8")
    assert "THIS IS AN EXAMPLE" in text
    assert set(re.findall(r"https://([^/\"]+)", text)) == {"posta.example", "paga.posta.example"}
    assert set(re.findall(r"@([a-z.]+)", text)) == {"posta.example"}


def test_its_plans_are_those_of_the_domain() -> None:
    plans = example_catalogue().plans
    sold = {
        key: (p.mailbox_gb, p.archive_gb, p.extra_mailbox_cap, p.extra_archive_cap, p.features, p.own_domain)
        for key, p in plans.items()
        if p.on_sale
    }
    more = ("sms_report", "multi_user", "delegation")
    assert sold == {
        "standard": (1, 0, 1, 0, (), False),
        "pro": (2, 3, 200, 200, more, False),
        "premium": (2, 8, 200, 200, more, False),
        "domain": (1, 0, 0, 0, (), True),
    }
    assert [key for key, plan in plans.items() if not plan.on_sale] == ["light"]
    pro = plans["pro"].price
    assert (pro, pro + vat_on(pro, example_catalogue().rules.vat_percent)) == (2990, 3648)


def test_its_numbers_are_those_of_the_domain() -> None:
    rules = example_catalogue().rules
    assert rules.vat_percent == Decimal(22)
    assert rules.deletion_days == 90
    assert rules.ladder_before == (90, 60, 30, 15, 7, 3, 1, 0)
    assert rules.ladder_after == (7, 30, 60, 75, 85)
    assert (rules.max_years, rules.max_mailboxes, rules.mailboxes_per_page) == (5, 99, 8)
    assert (rules.auto_renew_charge_days, rules.withdrawal_days) == (7, 14)
    assert rules.split_payment_until == date(2026, 6, 30), "the last end known of the European authorisation"
    assert rules.renew_expired_from is RenewFrom.EXPIRY


def test_its_methods_are_those_of_the_domain() -> None:
    methods = example_catalogue().methods
    timing = {
        key: (m.family, m.registration.at_once, m.registration.min_days, m.registration.max_days)
        for key, m in methods.items()
    }
    assert timing == {
        "card": (MethodFamily.LINK, True, 0, 0),
        "paypal": (MethodFamily.LINK, True, 0, 0),
        "bank_transfer": (MethodFamily.BANK_TRANSFER, False, 1, 1),
        "instant_transfer": (MethodFamily.BANK_TRANSFER, True, 0, 0),
        "slip_preprinted": (MethodFamily.POSTAL_SLIP, False, 0, 0),
        "slip_ordinary": (MethodFamily.POSTAL_SLIP, False, 5, 7),
        "pa_transfer": (MethodFamily.BANK_TRANSFER, False, 1, 1),
    }
    assert [key for key, method in methods.items() if method.instant] == ["instant_transfer"]
    assert methods["instant_transfer"].iban == methods["bank_transfer"].iban
    assert {key: f"{m.cutoff:%H:%M}" for key, m in methods.items() if m.cutoff is not None} == {
        "bank_transfer": "15:00",
        "pa_transfer": "15:00",
    }
    assert [key for key, method in methods.items() if method.carries_auto_renew] == ["card", "paypal"]
    public = [key for key, m in methods.items() if HolderKind.PUBLIC_ADMINISTRATION in m.kinds]
    assert public == [key for key, m in methods.items() if m.commitment_letter] == ["pa_transfer"]


def test_it_has_a_promotion_and_three_kits() -> None:
    catalogue = example_catalogue()
    assert [(p.id, p.max_years) for p in catalogue.promotions.values()] == [("welcome", 2)]
    assert {key: kit.has_hardware for key, kit in catalogue.kits.items()} == {
        "smart_card": True, "usb_token": True, "remote": False,
    }  # fmt: skip
    assert all(kit.certificate_years == 3 for kit in catalogue.kits.values())


@pytest.mark.parametrize("document", list(DocumentId))
@pytest.mark.parametrize("language", ["it", "en"])
def test_its_digests_are_those_of_the_example_texts(document: DocumentId, language: str) -> None:
    path = CATALOGUE_FILE.parent / "docs" / "example-terms" / language / f"{document}.md"
    content = path.read_bytes()
    stated = example_catalogue().documents[document]
    assert stated.sha256[language] == hashlib.sha256(content).hexdigest()
    text = content.decode()
    assert stated.version in text
    assert ("Testo di esempio" if language == "it" else "Example text") in text
    for clause in stated.clauses:
        assert f"- {clause.number} {clause.titles[language]}\n" in text


def test_its_clauses_stand_in_the_conditions() -> None:
    clauses = example_catalogue().documents[DocumentId.CLAUSES].clauses
    assert 6 <= len(clauses) <= 8
    for language in ("it", "en"):
        text = (CATALOGUE_FILE.parent / f"docs/example-terms/{language}/conditions.md").read_text("utf-8")
        for clause in clauses:
            assert f"\n{clause.number} " in text


def test_documents_are_in_the_order_in_which_they_are_shown() -> None:
    catalogue = parse_catalogue(reordered(example_content()))
    assert list(catalogue.documents) == list(DocumentId)


def test_ids_are_repeated_inside_and_names_are_in_both_languages() -> None:
    catalogue: Catalogue = example_catalogue()
    for table in (
        catalogue.plans,
        catalogue.promotions,
        catalogue.kits,
        catalogue.methods,
        catalogue.documents,
    ):
        for key, value in table.items():
            assert value.id == key
            assert list(value.names) == ["it", "en"]

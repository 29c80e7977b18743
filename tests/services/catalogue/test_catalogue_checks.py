"""What no single value of a catalogue tells: tables that contradict or lack each other."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.catalogue import DocumentId
from bot.services.catalogue.values import cin_letter
from tests.services.catalogue.catalogue_rows import (
    KINDS,
    Content,
    changed,
    edit,
    full_content,
    problems_of,
    without,
)
from tests.support.catalogue import example_content


@pytest.mark.parametrize("document", list(DocumentId))
def test_all_four_documents_are_needed(document: DocumentId) -> None:
    (problem,) = problems_of(without(("documents", document.value)))
    assert problem.startswith(f"documents.{document}: missing; should be a table")


def test_no_fifth_document() -> None:
    (problem,) = problems_of(changed(("documents", "cookies"), {}))
    assert problem.startswith("documents.cookies: unknown; should be one of conditions, clauses, ")


@pytest.mark.parametrize(
    ("content", "path", "words"),
    [
        (edit(("promotions.welcome.prices.gold", "1.00")), "promotions.welcome.prices.gold", "no such plan"),
        (edit(("promotions.welcome.prices.pro", "29.90")), "promotions.welcome.prices.pro", "below .* 29.90"),
        (edit(("promotions.welcome.prices.pro", "30.00")), "promotions.welcome.prices.pro", "below .* 29.90"),
        (edit(("promotions.welcome.prices", {})), "promotions.welcome.prices", "empty"),
        (edit(("promotions.welcome.prices", 3)), "promotions.welcome.prices", "found 3; should be a table"),
        (edit(("promotions.welcome.max_years", 6)), "promotions.welcome.max_years", "at most .* 5"),
        (edit(("plans.pro.features", ["fax"])), "plans.pro.features", r'"fax" is not in \[features\]'),
        (
            edit(("plans.standard.extra_archive", {"price": "1.00", "cap": 1})),
            "plans.standard.extra_archive", "archive_gb is 0",
        ),
        (edit(("rules.ladder_after", [7, 91])), "rules.ladder_after", "at most deletion_days, 90"),
        (edit(("plans.pro.deletion_days", 6)), "plans.pro.deletion_days", "at least 7, .* fall on one day"),
        (edit(("plans.pro.deletion_days", 1)), "plans.pro.deletion_days", "found 1; should be at least 7"),
        (edit(("rules.deletion_days", 365)), "plans.pro.deletion_days", "found 30; should be at least 31, "),
        (edit(("rules.renew_from_days", 89)), "rules.renew_from_days", "at least 90, the first of ladder_before"),
        (edit(("plans.pro.renew_from_days", 89)), "plans.pro.renew_from_days", "found 89; .* 90, the first"),
        (edit(("plans.domain.renew_from_days", 120)), "plans.domain.renew_from_days", "with its domain"),
        (edit(("kits", {})), "rules.kit_step", "there are no kits"),
        (edit(("methods.card.registration", {})), "methods.card.registration", "neither or both"),
        (
            edit(("methods.card.registration", {"at_once": True, "min_days": 0, "max_days": 0})),
            "methods.card.registration", "neither or both",
        ),
        (
            edit(("methods.card.registration", {"at_once": True, "max_days": 0})),
            "methods.card.registration", "neither or both",
        ),
        (edit(("methods.card.registration", {"min_days": 0})), "methods.card.registration", "neither"),
        (
            edit(("methods.card.registration", {"min_days": 2, "max_days": 1})),
            "methods.card.registration.max_days", "at least min_days, 2",
        ),
        (edit(("methods.card.cutoff", "15:00")), "methods.card.cutoff", "left out, as .* never late"),
        (
            edit(("methods.slip_ordinary.instant", True)),
            "methods.slip_ordinary.instant", 'only the family "bank_transfer"',
        ),
        (edit(("statement_profiles.signed.credit", "Avere")), "statement_profiles.signed.amount", "beside credit; "),
        (edit(("statement_profiles.signed.debit", "Dare")), "statement_profiles.signed.credit", "missing; should be "),
        (edit(("statement_profiles.signed.thousands", ",")), "statement_profiles.signed.thousands", 'found ","; '),
        (edit(("methods.card.url", None)), "methods.card.url", "missing; should be an https address with"),
        (edit(("methods.card.iban", "DE89370400440532013000")), "methods.card.iban", "left out"),
        (edit(("methods.card.bic", "ESEMITM1")), "methods.card.bic", "left out"),
        (edit(("methods.card.account", "12345678")), "methods.card.account", "left out"),
        (edit(("methods.card.beneficiary", "Posta Esempio")), "methods.card.beneficiary", "left out"),
        (edit(("methods.bank_transfer.iban", None)), "methods.bank_transfer.iban", "missing; .* IBAN"),
        (edit(("methods.bank_transfer.beneficiary", None)), "methods.bank_transfer.beneficiary", "missing"),
        (
            edit(("methods.bank_transfer.url", "https://posta.example/{order}/{amount}")),
            "methods.bank_transfer.url", "left out, as the family is .bank_transfer",
        ),
        (edit(("methods.slip_ordinary.account", None)), "methods.slip_ordinary.account", "missing"),
        (edit(("methods.slip_ordinary.bic", "ESEMITM1")), "methods.slip_ordinary.bic", "left out"),
        (
            edit(("methods.bank_transfer.carries_auto_renew", True)),
            "methods.bank_transfer.carries_auto_renew", 'only the family "link"',
        ),
        (
            edit(("methods.slip_ordinary.carries_auto_renew", True)),
            "methods.slip_ordinary.carries_auto_renew", 'only the family "link"',
        ),
        (
            edit(("methods.card.kinds", ["company", "public_administration"])),
            "methods.card.kinds", "without it",
        ),
        (
            edit(("methods.pa_transfer.kinds", ["company", "public_administration"])),
            "methods.pa_transfer.kinds", "who alone can write one",
        ),
        (edit(("methods.pa_transfer.commitment_letter", None)), "methods.pa_transfer.kinds", "without it"),
        (edit(("methods.pa_transfer", None)), "methods", "none is for public_administration"),
        (
            edit(*((f"methods.{name}.kinds", KINDS[:4]) for name in
                   ("card", "paypal", "bank_transfer", "instant_transfer", "slip_preprinted", "slip_ordinary"))),
            "methods", "none is for association",
        ),
        (edit(("documents.clauses.clause", None)), "documents.clauses.clause", "missing"),
        (edit(("documents.clauses.clause", 3)), "documents.clauses.clause", "double square brackets"),
        (
            edit(("documents.privacy.clause", example_content()["documents"]["clauses"]["clause"])),
            "documents.privacy.clause", "left out",
        ),
    ],
)  # fmt: skip
def test_what_does_not_agree_is_refused(content: Content, path: str, words: str) -> None:
    (problem,) = problems_of(content)
    assert problem.startswith(f"{path}: ")
    assert re.search(words, problem)
    assert "; should be " in problem


def test_features_that_are_nowhere_explained() -> None:
    content = full_content()
    content["features"] = {}
    found = problems_of(content)
    assert len(found) == 6
    assert all(line.endswith("should be only of nothing, as [features] is empty") for line in found)


def test_a_letter_without_a_transfer_is_refused() -> None:
    content = full_content()
    method = content["methods"]["pa_transfer"]
    del method["iban"]
    method |= {"family": "postal_slip", "account": "12345678"}
    (problem,) = problems_of(content)
    assert problem.startswith("methods.pa_transfer.commitment_letter: true; should be false")


def test_clauses_are_listed_once_and_fit_in_a_message() -> None:
    content = full_content()
    clauses = content["documents"]["clauses"]["clause"]
    clauses[3]["number"] = clauses[1]["number"]
    assert problems_of(content) == (
        'documents.clauses.clause[4].number: "6.2" a second time; should be another number',
    )
    content = full_content()
    title = {"it": "x" * 200, "en": "x"}
    content["documents"]["clauses"]["clause"] = [{"number": str(n), "title": title} for n in range(10)]
    assert problems_of(content) == ()
    content["documents"]["clauses"]["clause"].append({"number": "10", "title": title})
    (problem,) = problems_of(content)
    assert problem.startswith("documents.clauses.clause: titles of 2200 characters")


DIGITS, LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
accounts = st.tuples(
    st.text(DIGITS, min_size=10, max_size=10), st.text(DIGITS + LETTERS, min_size=12, max_size=12)
).map("".join)
letters = st.sampled_from(LETTERS)


def italian_iban(account: str, letter: str) -> str:
    """The IBAN of an account with this control letter, its check digits computed as ISO 13616 says."""
    digits = int("".join(str(int(char, 36)) for char in f"{letter}{account}IT00"))
    return f"IT{98 - digits % 97:02d}{letter}{account}"


@given(account=accounts, letter=letters)
@settings(max_examples=10)
def test_the_control_letter_of_an_italian_iban(account: str, letter: str) -> None:
    told_by_its_letter(account, letter)


@pytest.mark.soak
@given(account=accounts, letter=letters)
@settings(max_examples=1000)
def test_the_control_letter_of_a_thousand_italian_ibans(account: str, letter: str) -> None:
    told_by_its_letter(account, letter)


def told_by_its_letter(account: str, letter: str) -> None:
    """The right letter is right, and another one is named."""
    right = cin_letter(account)
    assert problems_of(changed(("methods", "bank_transfer", "iban"), italian_iban(account, right))) == ()
    if letter != right:
        (problem,) = problems_of(changed(("methods", "bank_transfer", "iban"), italian_iban(account, letter)))
        assert f"has {letter} as its fifth character (CIN)" in problem


def test_known_control_letters() -> None:
    assert cin_letter("0542811101000000123456") == "X"  # the example in the national IBAN standard
    assert cin_letter("0300203280000400162854") == "D"

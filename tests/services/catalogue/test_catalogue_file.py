"""Each single value of a catalogue file, right, wrong and missing; and what makes a version of the whole.

`VALUES` is held to the shipped file, so that a new value without a row there fails.
"""

import dataclasses
import re
from itertools import product
from pathlib import Path

import pytest

from bot.services.catalogue.file import CatalogueError, content_version, load_catalogue, parse_catalogue
from tests.services.catalogue.catalogue_rows import (
    KINDS,
    PATHS,
    VALUES,
    Key,
    at,
    changed,
    changed_everywhere,
    dotted,
    full_content,
    leaves,
    pattern,
    problems_of,
    reordered,
    without,
)
from tests.support.catalogue import CATALOGUE_FILE, example_catalogue, example_content
from tests.support.long_runs import long

NOT_ALONE = {"methods.pa_transfer.kinds", "methods.slip_preprinted.registration.min_days"}
"""Right as they are only: nobody but public administrations has a letter, and 0 to 0 days is the least."""


def test_every_value_of_the_shipped_file_has_a_row() -> None:
    assert {pattern(path) for path in leaves(full_content())} == set(VALUES)


def one_of_each_row() -> list[str]:
    """The first name of each list of wrong values."""
    found: dict[str, str] = {}
    for name, row in VALUES.items():
        found.setdefault(repr(row.wrong), name)
    return list(found.values())


def told_of(problem: str, path: Key) -> bool:
    """Whether this line names the value at the path, and what it should be."""
    parts = (dotted(path), "; should be ", ", such as ")
    return problem.startswith(parts[0]) and all(part in problem for part in parts) and "\n" not in problem


@pytest.mark.parametrize("name", list(VALUES))
@pytest.mark.parametrize("most", [1, *long(None)])
def test_a_wrong_value_is_named_with_what_it_should_be(name: str, most: int | None) -> None:
    """The first of them everywhere at once, and in long runs each of them."""
    for wrong in VALUES[name].wrong[:most]:
        found = problems_of(changed_everywhere(PATHS[name], wrong))
        assert len(found) == len(PATHS[name]), f"{wrong!r}: {found}"
        assert all(map(told_of, found, PATHS[name])), f"{wrong!r}: {found}"


@pytest.mark.parametrize("name", one_of_each_row())
def test_each_wrong_value_is_named_with_what_it_should_be(name: str) -> None:
    """Each of them at the first place, once for the values that are wrong alike."""
    path = PATHS[name][0]
    for wrong in VALUES[name].wrong:
        (problem,) = problems_of(changed(path, wrong))
        assert told_of(problem, path), f"{wrong!r}: {problem}"


@pytest.mark.soak
@pytest.mark.parametrize("name", list(VALUES))
def test_each_wrong_value_is_named_at_each_place_alone(name: str) -> None:
    for wrong, path in product(VALUES[name].wrong, PATHS[name]):
        (problem,) = problems_of(changed(path, wrong))
        assert told_of(problem, path), f"{wrong!r}: {problem}"


@pytest.mark.parametrize("name", [name for name, row in VALUES.items() if not row.optional])
@pytest.mark.parametrize("most", [1, *long(None)])
def test_a_missing_value_is_named_with_what_it_should_be(name: str, most: int | None) -> None:
    """At the first place, and in long runs at each of them."""
    for path in PATHS[name][:most]:
        if path[-1] in {"at_once", "commitment_letter"} or name == "promotions.*.prices.*":
            continue  # the tables that these make sense with are judged below
        found = problems_of(without(path))
        assert len(found) == 1
        assert found[0].startswith(
            f"{dotted(path[:-1] if name.endswith('_days') and path[0] == 'methods' else path)}"
        )


@pytest.mark.parametrize("name", [name for name, row in VALUES.items() if row.optional])
def test_an_optional_value_may_be_left_out(name: str) -> None:
    for path in PATHS[name]:
        assert problems_of(without(path)) == ()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("plans", "standard", "price"), "6.00"),
        (("plans", "light", "price"), "0.01"),
        (("kits", "usb_token", "shipping"), "0.00"),
        (("rules", "vat_percent"), "0"),
        (("rules", "vat_percent"), "99.99"),
        (("rules", "deletion_days"), 365),
        (("plans", "pro", "deletion_days"), 7),
        (("plans", "pro", "deletion_days"), 365),
        (("rules", "ladder_before"), [365, 0]),
        (("rules", "ladder_after"), [1, 90]),
        (("rules", "max_years"), 10),
        (("rules", "max_years"), 2),
        (("rules", "auto_renew_charge_days"), 0),
        (("rules", "withdrawal_days"), 365),
        (("plans", "pro", "archive_gb"), 10_000),
        (("methods", "card", "registration"), {"min_days": 0, "max_days": 30}),
        (("methods", "bank_transfer", "beneficiary"), "x" * 70),
        (("operator", "name"), "x" * 200),
        (("promotions", "welcome", "max_years"), 5),
    ],
    ids=str,
)
def test_the_last_right_value_before_a_wrong_one(path: Key, value: object) -> None:
    content = full_content()
    del content["methods"]["card"]["carries_auto_renew"]
    # The fewest beside 365 in the rules: no two reminders share a day.
    content["plans"]["pro"]["deletion_days"] = 31
    at(content, path[:-1])[path[-1]] = value
    assert problems_of(content) == ()


@pytest.mark.parametrize(("most", "least"), [(1, 80), *long((None, 150))])
def test_every_value_makes_another_version(most: int | None, least: int) -> None:
    """At the first place of each, and in long runs at all of them."""
    versions = {parse_catalogue(full_content()).version}
    count = 1
    for name, row in VALUES.items():
        for path in PATHS[name][:most]:
            if row.other is None or dotted(path) in NOT_ALONE:
                continue
            content = changed(path, row.other(at(full_content(), path)))
            versions.add(parse_catalogue(content).version)
            count += 1
    assert len(versions) == count > least


def test_values_that_only_change_together_make_another_version() -> None:
    before = parse_catalogue(full_content()).version
    content = full_content()
    content["methods"]["paypal"]["registration"] = {"min_days": 0, "max_days": 0}
    assert parse_catalogue(content).version != before
    content = full_content()
    del content["methods"]["paypal"]
    assert parse_catalogue(content).version != before
    content = full_content()
    card = content["methods"]["card"]
    del card["url"], card["carries_auto_renew"]
    card |= {"family": "postal_slip", "account": "12345678", "beneficiary": "Posta Esempio"}
    assert parse_catalogue(content).version != before


def test_comments_layout_and_order_make_no_other_version(tmp_path: Path) -> None:
    shipped = example_catalogue().version
    lines = CATALOGUE_FILE.read_text(encoding="utf-8").splitlines()
    bare = [re.sub(r"\s+# .*", "", line) for line in lines if not line.startswith("#")]
    assert len("\n".join(bare)) < len("\n".join(lines)) * 0.8
    other = tmp_path / "other.toml"
    other.write_text("# Mine\n" + "\n\n".join(bare).replace(" = ", "   =   "), encoding="utf-8")
    assert load_catalogue(other).version == shipped
    assert parse_catalogue(reordered(example_content())).version == shipped


def test_the_same_said_otherwise_makes_no_other_version() -> None:
    content = example_content()
    content["rules"]["vat_percent"] = "22.00"
    content["plans"]["pro"] |= {"on_sale": True, "own_domain": False}
    content["methods"]["card"]["kinds"] = KINDS[::-1]
    content["methods"]["card"]["commitment_letter"] = False
    content["documents"]["privacy"]["clause"] = []
    assert parse_catalogue(content).version == example_catalogue().version


@pytest.mark.parametrize(
    ("name", "in_sentence"),
    [
        (
            {"it": "Carta di credito", "en": "Credit card"},
            {"it": "carta di credito", "en": "credit card"},
        ),
        ({"it": "PayPal", "en": "PayPal"}, {"it": "PayPal", "en": "PayPal"}),
        ({"it": "Satispay", "en": "Satispay"}, {"it": "Satispay", "en": "Satispay"}),
        ({"it": "MAV bancario", "en": "MAV slip"}, {"it": "MAV bancario", "en": "MAV slip"}),
        (
            {"it": "Addebito SEPA", "en": "SEPA direct debit"},
            {"it": "addebito SEPA", "en": "SEPA direct debit"},
        ),
    ],
)
def test_a_sentence_goes_on_with_the_name_of_a_method(
    name: dict[str, str], in_sentence: dict[str, str]
) -> None:
    content = example_content()
    content["methods"]["card"]["name"] = name
    assert parse_catalogue(content).methods["card"].in_sentence == in_sentence


def test_an_operator_can_say_how_a_sentence_goes_on() -> None:
    content = example_content()
    content["methods"]["card"] |= {
        "name": {"it": "Bancomat Pay", "en": "Bancomat Pay (app)"},
        "in_sentence": {"it": "Bancomat Pay", "en": "the Bancomat Pay app"},
    }
    assert parse_catalogue(content).methods["card"].in_sentence["en"] == "the Bancomat Pay app"


def test_the_version_is_short_and_of_the_content() -> None:
    catalogue = example_catalogue()
    assert re.fullmatch(r"[0-9a-f]{12}", catalogue.version)
    assert content_version(dataclasses.replace(catalogue, version="anything")) == catalogue.version


TABLES: list[Key] = [
    ("operator",), ("rules",), ("features", "delegation"), ("plans", "pro"), ("plans", "pro", "name"),
    ("plans", "pro", "extra_mailbox"), ("plans", "pro", "extra_archive"), ("promotions", "welcome"),
    ("promotions", "welcome", "name"), ("kits", "remote"), ("kits", "remote", "name"),
    ("kits", "remote", "description"), ("methods", "pa_transfer"), ("methods", "card", "name"),
    ("methods", "card", "registration"), ("documents", "clauses"), ("documents", "privacy", "name"),
    ("documents", "privacy", "url"), ("documents", "privacy", "sha256"),
    ("documents", "clauses", "clause", 2),
    ("documents", "clauses", "clause", 2, "title"),
    ("statement_profiles", "bancoposta"),
]  # fmt: skip


@pytest.mark.parametrize("path", TABLES, ids=dotted)
def test_an_unknown_value_is_refused(path: Key) -> None:
    (problem,) = problems_of(changed((*path, "zzz"), 1))
    assert problem.startswith(f"{dotted(path)}.zzz: unknown; should be one of ")


@pytest.mark.parametrize("path", TABLES, ids=dotted)
@pytest.mark.parametrize("instead", [3, *long("text", [1])], ids=str)
def test_something_else_instead_of_a_table_is_refused(path: Key, instead: object) -> None:
    (problem,) = problems_of(changed(path, instead))
    assert problem.startswith(f"{dotted(path)}: found ")
    assert "; should be a table with " in problem


def test_a_mistyped_name_gets_a_guess() -> None:
    content = full_content()
    content["plans"]["pro"]["fetures"] = []
    content["promotion"] = {}
    assert problems_of(content) == (
        'promotion: unknown; should be "promotions" perhaps',
        'plans.pro.fetures: unknown; should be "features" perhaps',
    )


@pytest.mark.parametrize(
    "section", ["features", "plans", "promotions", "kits", "methods", "statement_profiles"]
)
@pytest.mark.parametrize("name", ["Pro", "x\n", *long("", "pro-2", "più", "a" * 17, "pro 2")])
def test_ids_fit_in_the_data_of_buttons(section: str, name: str) -> None:
    content = full_content()
    content[section][name] = next(iter(content[section].values()))
    (problem,) = problems_of(content)
    assert problem.endswith("not a usable id; should be 1 to 16 characters of a-z, 0-9 and _")
    assert problem.startswith(f"{section}.")
    assert "\n" not in problem


@pytest.mark.parametrize("section", ["features", "plans", "promotions", "kits", "methods", "documents"])
@pytest.mark.parametrize("instead", [3, *long("text", [{}])], ids=str)
def test_a_section_is_tables(section: str, instead: object) -> None:
    found = problems_of(changed((section,), instead))
    assert any(line.startswith(f"{section}: found ") for line in found)


@pytest.mark.parametrize("section", ["operator", "rules", "plans", "methods"])
def test_a_section_that_is_needed(section: str) -> None:
    found = problems_of(without((section,)))
    assert any(line.startswith(f"{section}: missing") for line in found)


def test_promotions_kits_and_features_may_be_left_out() -> None:
    content = full_content()
    del content["promotions"], content["kits"], content["features"]
    content["rules"]["kit_step"] = False
    for plan in content["plans"].values():
        plan["features"] = []
    catalogue = parse_catalogue(content)
    assert (catalogue.promotions, catalogue.kits, catalogue.features) == ({}, {}, {})


def test_nothing_at_all_lists_all_that_is_needed() -> None:
    found = [line.partition(":")[0] for line in problems_of({})]
    assert found == [
        "operator", "rules", "plans", "methods",
        "documents.conditions", "documents.clauses", "documents.privacy", "documents.early_start",
    ]  # fmt: skip


def test_all_problems_are_listed_at_once() -> None:
    content = full_content()
    content["plans"]["pro"]["price"] = 29.9
    content["rules"]["max_years"] = 0
    content["methods"]["bank_transfer"]["iban"] = "IT"
    content["promotions"]["welcome"]["prices"] = {"gold": "1.00"}
    del content["documents"]["early_start"]
    with pytest.raises(CatalogueError) as caught:
        parse_catalogue(content, "mine.toml")
    assert [line.partition(":")[0] for line in caught.value.problems] == [
        "rules.max_years", "plans.pro.price", "methods.bank_transfer.iban",
        "promotions.welcome.prices.gold", "documents.early_start",
    ]  # fmt: skip
    lines = str(caught.value).splitlines()
    assert lines[0] == "mine.toml has 5 problems:"
    assert [line.strip() for line in lines[1:]] == list(caught.value.problems)


def test_a_wrong_plan_does_not_make_its_promotion_wrong() -> None:
    content = full_content()
    content["plans"]["pro"]["price"] = "dear"
    (problem,) = problems_of(content)
    assert problem == (
        'plans.pro.price: found "dear"; should be euros without VAT, above zero, in quotes and with two '
        'decimals, such as "29.90"'
    )


def test_long_values_are_cut_in_the_error() -> None:
    (problem,) = problems_of(changed(("operator", "website"), "http://" + "x" * 500))
    assert len(problem) < 200
    assert "…" in problem


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[operator\n", r"not TOML: .*line 1"),
        (b"a = 1\na = 2\n", r"not TOML: .*line 2"),
        (b'name = "\xe8"\n', r"byte 9 is not UTF-8"),
    ],
)
def test_a_file_that_is_not_toml(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match=words) as caught:
        load_catalogue(path)
    assert caught.value.source == str(path)
    assert str(caught.value).startswith(f"{path} has a problem:")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"cannot be read \(No such file.*CATALOGUE should name"):
        load_catalogue(tmp_path / "nowhere.toml")
    with pytest.raises(CatalogueError, match=r"cannot be read \(Is a directory"):
        load_catalogue(tmp_path)


def test_a_file_that_was_changed_is_another_catalogue(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.toml"
    text = CATALOGUE_FILE.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    first = load_catalogue(file)
    assert load_catalogue(file) == first
    file.write_text(text.replace("max_years", "# max_years"), encoding="utf-8")
    with pytest.raises(CatalogueError):
        load_catalogue(file)
    file.write_text(f"{text}\n# the same\n", encoding="utf-8")
    assert load_catalogue(file) == first

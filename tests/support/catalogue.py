"""The shipped catalogue, and variants of it, for tests."""

import copy
import tomllib
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bot.domain.catalogue import Catalogue
from bot.services.catalogue.file import parse_catalogue

CATALOGUE_FILE = Path(__file__).parents[2] / "catalogue.toml"


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(CATALOGUE_FILE.read_text(encoding="utf-8"))


def example_content() -> dict[str, Any]:
    """What the shipped file says, as a fresh copy that a test may change."""
    return copy.deepcopy(_content())


@cache
def example_catalogue() -> Catalogue:
    """The shipped catalogue."""
    return parse_catalogue(_content())


def with_rules(catalogue: Catalogue | None = None, **changes: Any) -> Catalogue:
    """A catalogue (by default the shipped one) with other rules."""
    base = catalogue or example_catalogue()
    return replace(base, rules=replace(base.rules, **changes))


def with_split_payment(catalogue: Catalogue | None = None) -> Catalogue:
    """A catalogue (by default the shipped one) of a time at which split payment is authorised."""
    return with_rules(catalogue, split_payment_until=date(2029, 12, 31))


def with_plan(plan_id: str, catalogue: Catalogue | None = None, **changes: Any) -> Catalogue:
    """A catalogue (by default the shipped one) with one plan changed."""
    base = catalogue or example_catalogue()
    return replace(base, plans={**base.plans, plan_id: replace(base.plans[plan_id], **changes)})

"""The ledger of a file: what was said first, and that nobody can read it."""

from hypothesis import given
from hypothesis import strategies as st

from bot.services.importing.ledger import Earlier, Ledger, Subject

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5)


def test_the_first_to_speak_of_a_subject_is_remembered() -> None:
    with Ledger() as ledger:
        first = ledger.claim(Subject.HOLDER, ["C-1", "X"], ["Roma", "", "06"])
        assert ledger.earlier(first) is None
        assert ledger.record(first, 2)
        assert not ledger.record(ledger.claim(Subject.HOLDER, ["C-1", "X"], ["Milano", "", ""]), 3)
        assert ledger.earlier(first) == Earlier(2, ())
        other = ledger.claim(Subject.HOLDER, ["C-1", "X"], ["Milano", "MI", "06"])
        assert ledger.earlier(other) == Earlier(2, (0, 1))


def test_subjects_of_one_name_are_apart() -> None:
    with Ledger() as ledger:
        ledger.record(ledger.claim(Subject.CUSTOMER, ["X"]), 2)
        assert ledger.earlier(ledger.claim(Subject.MAILBOX, ["X"])) is None
        assert ledger.earlier(ledger.claim(Subject.CUSTOMER, ["x"])) is None


@given(st.lists(st.tuples(texts, texts), max_size=30))
def test_it_agrees_with_a_dictionary(names: list[tuple[str, str]]) -> None:
    known: dict[tuple[str, str], int] = {}
    with Ledger() as ledger:
        for line, name in enumerate(names, start=2):
            claim = ledger.claim(Subject.HOLDER, name)
            earlier = ledger.earlier(claim)
            assert (None if earlier is None else earlier.line) == known.get(name)
            assert ledger.record(claim, line) is (name not in known)
            known.setdefault(name, line)


def test_digests_differ_from_one_ledger_to_the_next() -> None:
    with Ledger() as first, Ledger() as second:
        assert first.claim(Subject.MAILBOX, ["a"]) == first.claim(Subject.MAILBOX, ["a"])
        assert first.claim(Subject.MAILBOX, ["a"]) != second.claim(Subject.MAILBOX, ["a"])

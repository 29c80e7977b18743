"""`people export` and `people list`, as an operator types them who is asked what is kept, or has to tell everybody."""

import stat
from pathlib import Path

from tests.commands.shop import Shop
from tests.services.people.opening import unzipped


def test_what_is_kept_of_a_customer_is_written_for_its_owner_alone(shop: Shop, tmp_path: Path) -> None:
    order = shop.order()
    shop.order("bianchi", chat=8)
    file = tmp_path / "rossi.zip"
    assert shop.does("people", "export", "rossi", "--out", str(file)) == [
        f"What is kept of rossi is in {file}"
    ]
    page, values = unzipped(file.read_bytes())
    assert order.number in page
    assert order.number in values
    assert "bianchi" not in page + values
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    shop.does("people", "export", "rossi", "--out", str(file), "--locale", "en")
    page, values = unzipped(file.read_bytes())
    assert "Requests about the data" in page
    assert "data by the operator" in values, "that it was handed out before"


def test_an_unknown_customer_is_refused_in_a_line(shop: Shop, tmp_path: Path) -> None:
    said = shop.is_refused("people", "export", "nobody", "--out", str(tmp_path / "nobody.zip"))
    assert said == "There is no customer nobody."


def test_everybody_is_listed_for_who_has_to_tell_them(shop: Shop, tmp_path: Path) -> None:
    shop.order()
    shop.order("bianchi", chat=8)
    file = tmp_path / "all.csv"
    assert shop.does("people", "list", "--out", str(file)) == [f"2 customers are in {file}"]
    assert file.read_text(encoding="utf-8-sig").splitlines()[1:] == [
        "bianchi,bianchi@example.com,it,1,1",
        "rossi,rossi@example.com,it,1,1",
    ]

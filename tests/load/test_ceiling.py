"""What the bench of the ceiling prints is read whole, also where a terminal is narrow. Nothing is measured here."""

import io

from rich.console import Console

from tests.load.ceiling import WAYS, Found, table_of


def test_every_figure_of_the_ceiling_stands_in_a_hundred_columns() -> None:
    found = Found(pushed=28.44, said=29.12, refused=1234, cpu=12.34, beside=[1.5] * 40, alone=[1.25] * 40)
    paper = io.StringIO()
    Console(file=paper, width=100).print(table_of([(way, found) for way in WAYS]))
    rows = [line for line in paper.getvalue().splitlines() if "28.4" in line]
    assert len(rows) == len(WAYS)
    for way, row in zip(WAYS, rows, strict=True):
        figures = ["28.4", "97.1%", "1234", "12.34", *(["1500", "1.20"] if way.talking else [])]
        assert [word for word in figures if word not in row] == []
        assert way.name in row
    assert "…" not in paper.getvalue()

"""The windows as boxes and the ways between them as arrows, one picture for each dialog that was gone through."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from grandalf.graphs import Edge, Graph, Vertex
from grandalf.layouts import SugiyamaLayout

from tests.screens.album import Way

_WIDTH, _HEIGHT, _MARGIN = 150, 28, 24


@dataclass(slots=True)
class _Box:
    """What grandalf places: a size that is given, and the middle that it finds."""

    w: float = _WIDTH
    h: float = _HEIGHT
    xy: tuple[float, float] = (0, 0)


def drawings(ways: Sequence[Way]) -> Iterator[str]:
    """An SVG for every set of windows that ways lead between; a box links to the window's screens."""
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for way in ways:
        if way.begin != way.end:
            arrows[way.begin, way.end].append(way.by)
    points = {name: Vertex(name) for name in dict.fromkeys(name for pair in arrows for name in pair)}
    for point in points.values():
        point.view = _Box()
    graph = Graph(
        list(points.values()), [Edge(points[begin], points[end]) for begin, end in sorted(_forward(arrows))]
    )
    for part in graph.C:
        layout = SugiyamaLayout(part)
        layout.xspace, layout.yspace = 26, 46
        layout.init_all()
        layout.draw(6)
        boxes = {point.data: point.view.xy for point in part.sV}
        yield _svg(boxes, {pair: by for pair, by in arrows.items() if pair[0] in boxes})


def _forward(arrows: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """The same ways without a circle: one that leads back to where a walk came through is turned round."""
    ahead: dict[str, list[str]] = defaultdict(list)
    for begin, end in arrows:
        ahead[begin].append(end)
    found: set[tuple[str, str]] = set()
    done: set[str] = set()

    def walk(name: str, through: tuple[str, ...]) -> None:
        if name in done:
            return
        for end in ahead.get(name, ()):
            back = end == name or end in through
            found.add((end, name) if back else (name, end))
            if not back:
                walk(end, (*through, name))
        done.add(name)

    for name in tuple(ahead):
        walk(name, ())
    return found


def _svg(boxes: dict[str, tuple[float, float]], arrows: dict[tuple[str, str], list[str]]) -> str:
    left = min(x for x, _ in boxes.values()) - _WIDTH / 2 - _MARGIN
    top = min(y for _, y in boxes.values()) - _HEIGHT / 2 - _MARGIN
    width = max(x for x, _ in boxes.values()) + _WIDTH / 2 + _MARGIN - left
    height = max(y for _, y in boxes.values()) + _HEIGHT / 2 + _MARGIN - top
    drawn = [_arrow(boxes[begin], boxes[end], f"{begin} → {end}: {', '.join(by)}")
             for (begin, end), by in arrows.items()]  # fmt: skip
    drawn += [_box(name, *middle) for name, middle in boxes.items()]
    return (
        f'<svg viewBox="{left:.0f} {top:.0f} {width:.0f} {height:.0f}" width="{width:.0f}">'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 8 4 0 8z"/></marker></defs>' + "".join(drawn) + "</svg>"
    )


def _arrow(begin: tuple[float, float], end: tuple[float, float], told: str) -> str:
    """Down at the left of the middle and up at its right, so that a way and the way back are two."""
    down = end[1] >= begin[1]
    shift = -_WIDTH / 6 if down else _WIDTH / 6
    edge = _HEIGHT / 2 if down else -_HEIGHT / 2
    (x1, y1), (x2, y2) = (begin[0] + shift, begin[1] + edge), (end[0] + shift, end[1] - edge)
    bend = max(abs(y2 - y1) / 3, 20) * (1 if down else -1)
    path = f"M{x1:.0f} {y1:.0f}C{x1:.0f} {y1 + bend:.0f} {x2:.0f} {y2 - bend:.0f} {x2:.0f} {y2:.0f}"
    return f'<path class="{"on" if down else "back"}" d="{path}"><title>{escape(told)}</title></path>'


def _box(name: str, x: float, y: float) -> str:
    return (
        f'<a href="#{escape(name)}"><rect x="{x - _WIDTH / 2:.0f}" y="{y - _HEIGHT / 2:.0f}" width="{_WIDTH}" '
        f'height="{_HEIGHT}" rx="6"/><text x="{x:.0f}" y="{y + 4:.0f}">{escape(name.partition(":")[2])}</text></a>'
    )

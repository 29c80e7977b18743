"""What was seen of every window, and which button led from where to where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.playground.messages import Content, Message

Screens = Mapping[str, Content]
"""One screen by language."""


@dataclass(frozen=True, slots=True)
class Way:
    """From one window to another by a button (the id of its widget), or by what was written."""

    begin: str
    end: str
    by: str


@dataclass(slots=True)
class Album:
    """Screens by window and by what was so when they were seen, and the ways that were gone."""

    _seen: dict[str, dict[str, dict[str, Content]]] = field(default_factory=dict)
    _ways: dict[Way, None] = field(default_factory=dict)

    def keep(self, language: str, variant: str, screens: Mapping[str, Message]) -> None:
        """Keep screens, by the window's name and what makes this look at it another one."""
        for name, screen in screens.items():
            state, _, stage = name.partition(" ")
            told = ", ".join(word for word in (variant, stage) if word)
            self._seen.setdefault(state, {}).setdefault(told, {})[language] = screen.content

    def went(self, begin: str, end: str, by: str) -> None:
        """Keep a way."""
        self._ways[Way(begin, end, by)] = None

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways, each once."""
        return tuple(self._ways)

    @property
    def states(self) -> tuple[str, ...]:
        """The windows that were seen or gone through, as they came."""
        names = dict.fromkeys(self._seen)
        for way in self._ways:
            names |= {way.begin: None, way.end: None}
        return tuple(names)

    def of(self, state: str) -> Iterator[tuple[str, Screens]]:
        """The screens of a window, with what was so; one that looks like an earlier one is left out."""
        shown = []
        for told, screens in self._seen.get(state, {}).items():
            looks = {language: (content.text, _labels(content)) for language, content in screens.items()}
            if looks not in shown:
                shown.append(looks)
                yield told, screens


def _labels(content: Content) -> list[list[str]]:
    return [[button.text for button in row] for row in content.keyboard]

"""Reaching into the elements of one namespace."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element


class Elements:
    """Finds elements by a path of plain names, such as `RltdPties/Dbtr/Nm`, whatever the prefix in the file."""

    def __init__(self, namespace: str) -> None:
        """Those of this namespace."""
        self._prefix = f"{{{namespace}}}"
        self._paths: dict[str, tuple[str, ...]] = {}

    def tag(self, name: str) -> str:
        """The tag of the elements with this name."""
        return self._prefix + name

    def first(self, node: Element, path: str) -> Element | None:
        """The first at the path, or None."""
        found: Element | None = node
        for tag in self._tags(path):
            if found is None:
                return None
            found = found.find(tag)
        return found

    def text(self, node: Element, *paths: str) -> str:
        """The text at the first of the paths where there is one, without blanks around it; else an empty one."""
        for path in paths:
            found = self.first(node, path)
            if found is not None and found.text and (text := found.text.strip()):
                return text
        return ""

    def each(self, node: Element, path: str) -> Iterator[Element]:
        """Every one at the path."""
        return self._each(node, self._tags(path))

    def texts(self, node: Element, path: str) -> Iterator[str]:
        """The texts at the path, those of nothing but blanks left out."""
        for found in self.each(node, path):
            if found.text and (text := found.text.strip()):
                yield text

    def _each(self, node: Element, tags: tuple[str, ...]) -> Iterator[Element]:
        found = node.findall(tags[0])
        if len(tags) == 1:
            yield from found
            return
        for inner in found:
            yield from self._each(inner, tags[1:])

    def _tags(self, path: str) -> tuple[str, ...]:
        tags = self._paths.get(path)
        if tags is None:
            tags = self._paths[path] = tuple(self._prefix + name for name in path.split("/"))
        return tags

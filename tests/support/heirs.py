"""The workers of a run inherit the tests that the crew has collected: each would take as long to collect them again.

What is imported, a fork inherits anyway (`tests.support.crew`). Here what pytest has made of it is handed down, too:
the session that collected is kept, and the one of the worker takes over its tests with their fixtures.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.nodes import Node

_OF_COLLECTING = (
    "collect_in_virtualenv",
    "confcutdir",
    "doctestglob",
    "doctestmodules",
    "ignore",
    "ignore_glob",
    "importmode",
    "inifilename",
    "keepduplicates",
    "lf",
    "noconftest",
    "override_ini",
    "pyargs",
    "rootdir",
)
"""The options that say what is collected; all others choose of it, or are of other things."""


def _scope(config: pytest.Config) -> list[object]:
    """What decides what a session collects."""
    chosen = [str(Path(config.invocation_params.dir, arg)) for arg in config.args]
    return [config.rootpath, *chosen, *(config.getoption(name, None) or None for name in _OF_COLLECTING)]


class Estate:
    """What a session has collected. A plugin of the process that does it for others."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._session: pytest.Session | None = None
        self._items: list[pytest.Item] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, session: pytest.Session, items: list[pytest.Item]) -> None:
        """Keep all tests, before any is left out."""
        self._session, self._items = session, list(items)

    def is_for(self, session: pytest.Session) -> bool:
        """Whether this session would collect the same. What could not be imported is to fail in it again."""
        left = self._session
        return left is not None and not left.testsfailed and _scope(left.config) == _scope(session.config)

    def pass_to(self, session: pytest.Session) -> None:
        """Make all of it the session's own, as if it had collected it."""
        left = self._session
        assert left is not None
        nodes = list(self._nodes(left))
        config, manager = session.config, session._fixturemanager
        for node in nodes:
            node.session, node.config = session, config
            if node.parent is left:
                node.parent = session
            if isinstance(node, pytest.Directory):
                config.pluginmanager._loadconftestmodules(
                    node.path,
                    config.getoption("importmode"),
                    rootpath=config.rootpath,
                    consider_namespace_packages=config.getini("consider_namespace_packages"),
                )
        for name, of_nodes in left._fixturemanager._arg2node2fixturedefs.items():
            manager._arg2node2fixturedefs[name] = {
                session if node is left else node: fixtures for node, fixtures in of_nodes.items()
            }
        for node, names in left._fixturemanager._node_autousenames.items():
            manager._node_autousenames[session if node is left else node] = names
        session._initialpaths = left._initialpaths
        session._initialpaths_with_parents = left._initialpaths_with_parents
        session.items = self._items
        self._session = None

    def _nodes(self, left: pytest.Session) -> Iterator[Node]:
        """All tests, and the files, classes and folders that they are in, the outer ones first."""
        known: set[object] = {left}
        for item in self._items:
            for node in item.listchain():
                if node not in known:
                    known.add(node)
                    yield node


estate = Estate()
"""What this process inherits: nothing, unless it was forked by one that has collected."""


def inherit(session: pytest.Session, left: Estate = estate) -> None:
    """Let a session collect what was left to it, where that is what it would find."""
    if not left.is_for(session):
        return

    def perform_collect(*_: object) -> list[pytest.Item]:
        left.pass_to(session)
        hook, items = session.config.hook, session.items
        try:
            hook.pytest_collection_modifyitems(session=session, config=session.config, items=items)
        finally:
            hook.pytest_collection_finish(session=session)
        session.testscollected = len(items)
        return items

    session.perform_collect = perform_collect  # type: ignore[method-assign,assignment]

"""What hangs on a part and on nothing else: it goes with it, lest the package keep what nobody can see."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from xlcredit.excel.ooxml.package import Package
from xlcredit.excel.ooxml.safety import part_key


class Belongings:
    """Who refers to whom in a package, looked up when it is first asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._gone: set[str] = set()

    def of(self, part: str) -> list[str]:
        """The parts that only this part, and what went before it, leads to."""
        self._gone.add(part_key(part))
        found, waiting = list[str](), [part]
        while waiting:
            for target in self._targets.get(part_key(waiting.pop()), ()):
                key = part_key(target)
                if key not in self._gone and key in self._package and self._users[key] <= self._gone:
                    self._gone.add(key)
                    found.append(target)
                    waiting.append(target)
        return found

    @cached_property
    def _targets(self) -> Mapping[str, list[str]]:
        return {
            part_key(part): [target for _, target in self._package.related(part).values()] for part in self._sources()
        }

    @cached_property
    def _users(self) -> Mapping[str, set[str]]:
        users = defaultdict[str, set[str]](set)
        for part, targets in self._targets.items():
            for target in targets:
                users[part_key(target)].add(part)
        return users

    def _sources(self) -> Iterator[str]:
        """The parts that have relationships."""
        for name in self._package.names:
            folder, file = posixpath.split(name)
            if folder.endswith("_rels") and file.endswith(".rels"):
                yield posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))

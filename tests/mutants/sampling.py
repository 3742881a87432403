"""Which faults are planted: drawn from a seed, so that the same tree and seed give the same faults."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.mutants.faults import Fault, faults_of, is_a_program, planted
from tests.mutants.kinds import WEIGHTS

PACKAGE = "onewindow"
_MISSES = 200
"""After so many draws in a row that gave nothing new a room has no more faults."""


def rooms_of(root: Path) -> dict[str, list[str]]:
    """The files of each room: each folder right in the package; the modules beside them by its own name."""
    rooms: defaultdict[str, list[str]] = defaultdict(list)
    for file in sorted((root / PACKAGE).rglob("*.py")):
        parts = file.relative_to(root).parts
        rooms[parts[1] if len(parts) > 2 else PACKAGE].append("/".join(parts))
    return dict(rooms)


def sample(root: Path, rooms: dict[str, list[str]], count: int, seed: int) -> Iterator[Fault]:
    """`count` faults, as many in each room as in any other, give or take one; rooms take turns."""
    draws = [_draw(root, files, random.Random(f"{seed} {room}")) for room, files in rooms.items()]
    drawn = 0
    while draws and drawn < count:
        for draw in list(draws):
            fault = next(draw, None)
            if fault is None:
                draws.remove(draw)
                continue
            yield fault
            drawn += 1
            if drawn == count:
                return


def _draw(root: Path, files: list[str], chance: random.Random) -> Iterator[Fault]:
    """Faults of a room: a file by its size, a kind by its weight, then any of that kind in the file."""
    sources = {path: (root / path).read_text(encoding="utf-8") for path in files}
    sizes = [len(source) for source in sources.values()]
    known: dict[str, defaultdict[str, list[Fault]]] = {}
    planted_before, misses = set[Fault](), 0
    while misses < _MISSES:
        path = chance.choices(files, sizes)[0]
        if path not in known:
            known[path] = defaultdict(list)
            for fault in faults_of(path, sources[path]):
                known[path][fault.kind].append(fault)
        kinds = known[path]
        if kinds:
            kind = chance.choices(list(kinds), [WEIGHTS[kind] for kind in kinds])[0]
            fault = chance.choice(kinds[kind])
            if fault not in planted_before and is_a_program(planted(sources[path], fault)):
                planted_before.add(fault)
                misses = 0
                yield fault
                continue
        misses += 1

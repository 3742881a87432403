"""Keys pressed in a real terminal: what one costs the processor and how many bytes go over the line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from tests.bench.files import Files
from tests.bench.program import Program, window_program
from tests.bench.samples import Line, Samples, ratio_line

_HELD_SECONDS = 0.04
"""Between two strokes of a key that is held down."""
_SWITCH_SECONDS = 0.3
_SETTLE_SECONDS = 1.0
_FRAME_SECONDS = 0.015
"""A silence after which a frame is complete."""
_RESULT_SECONDS = 0.15
"""A silence after which no results come any more."""
_IDLE_KEY, _PREVIOUS_CLIENT, _DOWN, _UP, _REQUESTS = "%", "-", "j", "k", "1"
_SEARCH, _CLEAR = "/", "\x15"
_TYPED = ("соколова анна", "ромашка", "ооо строй", "+7912345")
_FELT_MS = 100
"""What people take for at once (R. B. Miller, Response time in man-computer conversations, 1968)."""
_BYTES = 2048
_MANY, _FEW = 200, 20


def client_switch(files: Files, size: int, rounds: int) -> Iterator[Line]:
    """From one client to another and back, six panels drawn anew."""
    at = f"{size:,} clients".replace(",", " ")
    many, few = (_switches(files, files.with_rows(rows), rounds) for rows in (_MANY, _FEW))
    demo = _switches(files, files.demo(size), rounds)
    for place, taken in ((at, demo), (f"{_FEW} rows a panel", few), (f"{_MANY} rows a panel", many)):
        yield Line("CPU of a client switch", place, "≤ 50 ms", taken.spoken("ms"), taken.median, 50)
    yield ratio_line(
        "CPU of a client switch",
        f"{_MANY} rows a panel",
        many,
        few,
        limit=1.5,
        floor_name=f"at {_FEW} rows a panel",
    )


def cursor(files: Files, size: int, rounds: int) -> Iterator[Line]:
    """A cursor key held down, in the client list and in a panel, against a key that does nothing."""
    at = f"{size:,} clients".replace(",", " ")
    places = (
        ("in the client list", at, files.demo(size), ""),
        ("in a panel", f"{_MANY} rows", files.with_rows(_MANY), _REQUESTS),
    )
    for what, where, database, entrance in places:
        with window_program(database, files.configuration) as program:
            _enter(program, entrance)
            idle, _ = _held(program, [_IDLE_KEY] * rounds)
            spent, sent = _held(program, [_DOWN] * rounds + [_UP] * rounds)
        yield ratio_line(
            f"CPU of a cursor key {what}", where, spent, idle, limit=5, floor_name="a key that does nothing"
        )
        yield Line(
            f"bytes of a cursor key {what}",
            where,
            "median < 2 KB",
            sent.spoken("bytes"),
            sent.median,
            _BYTES,
        )


def to_paint(files: Files, sizes: list[int], rounds: int) -> Iterator[Line]:
    """From a key to the last byte of the frame that answers it, as who sits there waits for it.

    A letter in the search is first drawn itself; what counts are its results.
    """
    for size in sizes:
        at = f"{size:,} clients".replace(",", " ")
        with window_program(files.demo(size), files.configuration) as program:
            _enter(program, "")
            cursor = Samples.of(_settled(program, key, _FRAME_SECONDS) for key in (_DOWN + _UP) * rounds)
            program.cost_of(_DOWN, _SWITCH_SECONDS)
            program.cost_of(_PREVIOUS_CLIENT, _SWITCH_SECONDS)
            switch = Samples.of(_settled(program, _PREVIOUS_CLIENT, _FRAME_SECONDS) for _ in range(rounds))
            program.cost_of(_SEARCH, _SWITCH_SECONDS)
            letters = Samples.of(_time_typing(program, rounds))
        found = (("a cursor key", cursor), ("a client switch", switch), ("a letter in the search", letters))
        for what, taken in found:
            budget = f"median ≤ {_FELT_MS} ms"
            yield Line(f"{what}, to its paint", at, budget, taken.spoken("ms"), taken.median, _FELT_MS)


def _time_typing(program: Program, words: int) -> Iterator[float]:
    """Milliseconds of each letter of some words, each typed into the empty search box."""
    for word in islice(cycle(_TYPED), (words + 9) // 10):
        program.cost_of(_CLEAR, _SWITCH_SECONDS)
        yield from (_settled(program, letter, _RESULT_SECONDS) for letter in word)


def _settled(program: Program, key: str, quiet: float) -> float:
    """Milliseconds to the answer; then the program may finish what it does behind it."""
    spent = program.time_of(key, quiet)
    program.read(_SWITCH_SECONDS)
    return spent


def _enter(program: Program, keys: str) -> None:
    program.wait_for_bytes("1 requests")
    program.read(_SETTLE_SECONDS)
    for key in keys:
        program.cost_of(key, _SWITCH_SECONDS)


def _held(program: Program, keys: list[str]) -> tuple[Samples, Samples]:
    costs = [program.cost_of(key, _HELD_SECONDS) for key in keys]
    program.read(_SETTLE_SECONDS)
    return Samples.of(cost for cost, _ in costs), Samples.of(sent for _, sent in costs)


def _switches(files: Files, database: Path, rounds: int) -> Samples:
    """Milliseconds of processor time of each switch between the first two clients of the list."""
    with window_program(database, files.configuration) as program:
        _enter(program, _DOWN)
        program.cost_of(_PREVIOUS_CLIENT, _SWITCH_SECONDS)
        return Samples.of(program.cost_of(_PREVIOUS_CLIENT, _SWITCH_SECONDS)[0] for _ in range(rounds))

"""Long lists of what an import has to tell, of which only the first thousands stay in memory."""

from __future__ import annotations

import pickle
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar, overload

T = TypeVar("T")

KEPT = 20_000
"""So many things stay in memory before a list goes to a temporary file, block by block."""
_BLOCK = 1_000


class Spool(Sequence[T], Generic[T]):
    """A list that is only added to; beyond `kept` it stands in a temporary file that nobody else can open.

    The file is gone with the list. What is in it must be something that pickle takes, of this program alone.
    """

    def __init__(self, items: Iterable[T] = (), *, kept: int = 0, block: int = _BLOCK) -> None:
        """Begin with these; 0 is as many as usual. So many stand together in the file as `block` says."""
        self._block_size = block
        self._kept = kept or KEPT
        self._tail: list[T] = []
        self._places: list[int] = []
        self._file = None
        self._lock = threading.Lock()
        self._change: Callable[[T], T] | None = None
        self._last: tuple[int, list[T]] = (-1, [])
        self.extend(items)

    @property
    def is_in_file(self) -> bool:
        """Whether there are too many of them for the memory."""
        return self._file is not None

    def append(self, thing: T) -> None:
        """Add one at the end."""
        self._tail.append(thing)
        if len(self._tail) >= (self._block_size if self.is_in_file else self._kept + 1):
            self._write()

    def extend(self, items: Iterable[T]) -> None:
        """Add some at the end."""
        for item in items:
            self.append(item)

    def change_each(self, change: Callable[[T], T]) -> None:
        """Give every one that is in the list now, and later, back as `change` makes it of what it was."""
        before = self._change
        self._change = change if before is None else lambda item: change(before(item))
        self._last = (-1, [])

    def settled(self) -> Sequence[T]:
        """All of them: as a tuple, if they are in memory."""
        return self if self.is_in_file else tuple(self)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._places) * self._block_size + len(self._tail)

    def __iter__(self) -> Iterator[T]:
        """One after the other, a block in memory at a time."""
        for place in range(len(self._places)):
            yield from self._block(place)
        yield from map(self._change, self._tail) if self._change else self._tail

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    def __getitem__(self, place: int | slice) -> T | list[T]:
        """One of them, or a list of some."""
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        at = range(len(self))[place]
        block, within = divmod(at, self._block_size)
        if block < len(self._places):
            return self._block(block)[within]
        item = self._tail[at - len(self._places) * self._block_size]
        return self._change(item) if self._change else item

    def _block(self, place: int) -> list[T]:
        with self._lock:
            # A screen asks for neighbours one by one: the block that was read last serves nearly all of them.
            known, items = self._last
            if known == place or self._file is None:
                return items
            self._file.seek(self._places[place])
            items = pickle.load(self._file)  # noqa: S301  of nobody but this process
            if self._change:
                items = list(map(self._change, items))
            self._last = (place, items)
            return items

    def _write(self) -> None:
        with self._lock:
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115  as long as the list
                weakref.finalize(self, self._file.close)
            # Reading has moved the place in the file.
            self._file.seek(0, 2)
            size = self._block_size
            while len(self._tail) >= size:
                self._places.append(self._file.tell())
                pickle.dump(self._tail[:size], self._file, pickle.HIGHEST_PROTOCOL)
                del self._tail[:size]


class Chosen(Sequence[T], Generic[T]):
    """Those of a long list that fit; looked for again each time, so that they need no memory."""

    def __init__(self, items: Sequence[T], fits: Callable[[T], bool]) -> None:
        """Choose from a list that does not change any more."""
        self._found = items
        self._fits = fits
        self._count: int | None = None

    def __len__(self) -> int:
        """How many fit."""
        if self._count is None:
            self._count = sum(map(self._fits, self._found))
        return self._count

    def __iter__(self) -> Iterator[T]:
        """One after the other."""
        return filter(self._fits, self._found)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    def __getitem__(self, place: int | slice) -> T | list[T]:
        """One of them, or a list of some; slow far behind the first."""
        index = range(len(self))[place]
        if isinstance(index, range):
            places = set(index)
            items = [item for at, item in enumerate(self) if at in places]
            return items if index.step > 0 else items[::-1]
        return next(item for at, item in enumerate(self) if at == index)

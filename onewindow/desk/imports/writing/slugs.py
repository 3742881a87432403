"""Free slugs for many new clients at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from onewindow.store.engine import Store
from onewindow.store.imports import matches
from onewindow.text.names.slugs import slug_of


class SlugBook:
    """Hands out slugs that no client has, on file or handed out before: romashka, romashka-2."""

    def __init__(self, store: Store) -> None:
        """Ask the store only for the slugs that are wanted."""
        self._store = store
        self._given: set[str] = set()
        self._families: dict[str, set[str]] = {}
        self._last: defaultdict[str, int] = defaultdict(lambda: 1)

    def slugs_for(self, names: Sequence[str]) -> list[str]:
        """One free slug for each name."""
        slugs = [slug_of(name) or "client" for name in names]
        # What was handed out before is on file by now.
        families = (self._families.get(slug, ()) for slug in set(slugs))
        self._given = matches.slugs_among(self._store, slugs).union(*families)
        return [self._free(slug) for slug in slugs]

    def _free(self, base: str) -> str:
        slug = base
        if slug in self._given:
            if base not in self._families:
                self._families[base] = matches.slugs_beginning(self._store, base)
                self._given |= self._families[base]
            while slug in self._given:
                self._last[base] += 1
                slug = f"{base}-{self._last[base]}"
        self._given.add(slug)
        stem, _, number = slug.rpartition("-")
        if number.isdecimal() and stem in self._families:
            self._families[stem].add(slug)
        return slug

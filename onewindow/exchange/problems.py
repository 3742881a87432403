"""What is said when a file cannot be read."""

from __future__ import annotations


class FileProblem(Exception):
    """A file that cannot be read: its text is one sentence saying where, what is wrong, and what to do."""

    def __init__(
        self, name: str, what: str, remedy: str, *, row: int | None = None, column: str | None = None
    ) -> None:
        self.name = name or "the input"
        self.what = what
        self.remedy = remedy
        self.row = row
        self.column = column
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        where = self.name
        if self.row is not None:
            where += f", row {self.row}"
        if self.column is not None:
            where += f", column {self.column}"
        return f"{where}: {self.what}; {self.remedy}."

"""The one list of the program: a lazy view over a source of rows that draws only the lines on the screen.

Longer than 400 lines: cursor, scrolling, marks, pages kept and strips drawn share the
places of the rows (which one stands in which line), and each cursor key passes through all of them.
What knows nothing of these places stands elsewhere: rows and columns, how they are laid out, styles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.strip import Strip

from onewindow.text.clean import clean
from onewindow.text.layout.width import cell_width, fit, wrap
from onewindow.widgets.glyphs import glyphs_of
from onewindow.widgets.rows import (
    GAP,
    TONES,
    Align,
    Column,
    ListSource,
    Row,
    RowSource,
    Tone,
    lay_out,
    natural_width,
)
from onewindow.widgets.styles_on_demand import StylesOnDemand

PAGE_ROWS = 200
PAGES_KEPT = 8
STRIPS_KEPT = 1024
GUTTER = 3
WHEEL_ROWS = 3
_MISSED = 3
"""A column with such a drop priority is not left out while its row may have a second line."""
_MARK_TONES: dict[str, Tone] = {"!": "late", "?": "warn"}


class RowList(StylesOnDemand, can_focus=True):
    """A list of any length: rows come in pages, a cursor key redraws two lines and lays out nothing.

    It binds no keys: a screen binds `focused.cursor_down` and the like to keys of the action table.
    The gutter of every row has the cursor, the row's own mark, and `*` for a row that the user has marked.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row-list--cursor",
        *(f"row-list--{tone}" for tone in TONES if tone),
    }
    DEFAULT_CSS = """
    RowList {
        height: 1fr;
        & > .row-list--cursor { color: $block-cursor-foreground; background: $block-cursor-background; }
        & > .row-list--late { color: $text-error; text-style: bold; }
        & > .row-list--warn { color: $text-warning; }
        & > .row-list--good { color: $text-success; }
        & > .row-list--dim { color: $text-muted; }
        & > .row-list--accent { color: $text-accent; }
        & > .row-list--title { text-style: bold; }
        &:ansi > .row-list--cursor { color: ansi_default; background: ansi_default; text-style: reverse; }
        &:ansi > .row-list--dim { color: ansi_default; text-style: dim; }
        &:nocolor > .row-list--cursor { color: $foreground; background: $background; text-style: reverse; }
    }
    """

    lead_lines = 0
    """Lines above the first row that a subclass draws itself in `render_lead`."""

    cursor: Reactive[int] = reactive(0, repaint=False, init=False)
    """The index of the row that keys act on; it never leaves the rows."""

    class RowMessage(Message):
        """What all messages of a list carry."""

        def __init__(self, row_list: RowList, key: object, row: Row | None) -> None:
            super().__init__()
            self.row_list = row_list
            self.key = key
            self.row = row

        @property
        def control(self) -> RowList:
            """The list that sent the message, for `@on` selectors."""
            return self.row_list

    class RowHighlighted(RowMessage):
        """Another row is under the cursor; key and row are None when the list has become empty."""

    class RowOpened(RowMessage):
        """The user asked to open the row under the cursor."""

    def __init__(
        self,
        columns: Sequence[Column] = (Column(),),
        source: RowSource | None = None,
        *,
        empty: Sequence[str] = (),
        always_show_cursor: bool = False,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        """Make a list; `empty` is what it says without rows: what belongs here and which key adds it."""
        self._columns = tuple(columns)
        self._source: RowSource = source or ListSource()
        self._count = self._source.count
        self._empty = tuple(empty)
        self._always_show_cursor = always_show_cursor
        self._top = 0
        self._revision = 0
        self._marked: set[object] = set()
        self._left: object = None
        """The key of a row that went away under the cursor."""
        self._pages: LRUCache[int, Sequence[Row]] = LRUCache(PAGES_KEPT)
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(STRIPS_KEPT)
        self._tones: dict[str, Style] = {}
        self._layout_for_width: tuple[int, tuple[tuple[int, int], ...]] = (-1, ())
        self._second_for_width: tuple[int, tuple[tuple[int, int], ...]] = (-1, ())
        super().__init__(id=id, classes=classes)

    # what it shows

    @property
    def count(self) -> int:
        """How many rows the list has."""
        return self._count

    @property
    def cursor_row(self) -> Row | None:
        """The row under the cursor, or None in an empty list."""
        return self._row_at(self.cursor)

    @property
    def cursor_key(self) -> object:
        """The key under the cursor, or None in an empty list."""
        row = self.cursor_row
        return row.key if row else None

    @property
    def position_text(self) -> str:
        """Where the cursor is, such as `41/312`, or `0/0` in an empty list."""
        return f"{self.cursor + 1 if self._count else 0}/{self._count}"

    @property
    def marked_keys(self) -> frozenset[object]:
        """The keys that the user has marked; they survive new data."""
        return frozenset(self._marked)

    def set_source(self, source: RowSource, *, keep_key: bool = True) -> None:
        """Show other rows; with `keep_key` the cursor stays on its key and on its line of the screen.

        Where that key is gone, the cursor stays at its place and the next row moves up under it; should the
        row come back before the cursor is moved, as after an undo, the cursor is on it again.
        """
        before, line = self.cursor_key, self.cursor - self._top
        index = source.index_of(before, self.cursor) if keep_key and before is not None else None
        if keep_key and before is not None:
            back = source.index_of(self._left, self.cursor) if self._left is not None else None
            if back is not None:
                index, self._left = back, None
            elif index is None and self._left is None:
                self._left = before
        self._source, self._count = source, source.count
        self._drop_caches()
        if index is None:
            index = self.cursor if keep_key else 0
        # Without the watcher, which would take this for a move of the user and forget the row that left.
        self.set_reactive(RowList.cursor, self.validate_cursor(index))
        self._top = self._clamp_top(self.cursor - line if keep_key else 0)
        self._scroll_to_cursor()
        # Only a list as high as its rows moves others, and a layout costs more than a drawing.
        self.refresh(layout=self.styles.auto_dimensions)
        if self.is_mounted and self.cursor_key != before:
            self._post_highlighted()

    def stay(self) -> None:
        """Leave the cursor where it is when what left the list comes back, as in another view of it."""
        self._left = None

    def refresh_rows(self) -> None:
        """Read the same source again, for data that has changed under it."""
        self.set_source(self._source)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show the cells in other columns."""
        if tuple(columns) == self._columns:
            return
        self._columns = tuple(columns)
        self._layout_for_width = self._second_for_width = (-1, ())
        self._drop_strips()
        self.refresh()

    def set_empty(self, *lines: str) -> None:
        """Change what an empty list says."""
        self._empty = lines
        self.refresh()

    def move_to_key(self, key: object) -> bool:
        """Put the cursor on the row with this key; False when there is none."""
        index = self._source.index_of(key, self.cursor)
        if index is None or not 0 <= index < self._count:
            return False
        self.cursor = index
        return True

    def set_marked(self, keys: Iterable[object]) -> None:
        """Mark exactly these keys."""
        self._marked = set(keys)
        self.refresh()

    # moving

    def action_cursor_up(self) -> None:
        """Move to the row above."""
        self.cursor -= 1

    def action_cursor_down(self) -> None:
        """Move to the row below."""
        self.cursor += 1

    def action_page_up(self) -> None:
        """Move up by what fits on the screen."""
        self.cursor -= max(1, self._height - 1)

    def action_page_down(self) -> None:
        """Move down by what fits on the screen."""
        self.cursor += max(1, self._height - 1)

    def action_home(self) -> None:
        """Move to the first row."""
        self.cursor = 0

    def action_end(self) -> None:
        """Move to the last row."""
        self.cursor = self._count - 1

    def action_open(self) -> None:
        """Say that the row under the cursor is to be opened."""
        row = self.cursor_row
        if row:
            self.post_message(self.RowOpened(self, row.key, row))

    def action_toggle_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away, and go one down."""
        if self._count:
            self._marked ^= {self.cursor_key}
            self._refresh_index(self.cursor)
            self.cursor += 1

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on the rows."""
        return max(0, min(cursor, self._count - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Redraw the two lines concerned, or everything when the view had to jump."""
        self._left = None
        if self._scroll_to_cursor():
            self.refresh()
        else:
            self._refresh_index(old)
            self._refresh_index(new)
        self._post_highlighted()

    def _post_highlighted(self) -> None:
        row = self.cursor_row
        self.post_message(self.RowHighlighted(self, row.key if row else None, row))

    def _scroll_to_cursor(self) -> bool:
        """Jump by half a page when the cursor leaves the view: a tenth of the bytes of scrolling by lines."""
        height, top = self._height, self._top
        half = max(1, height // 2)
        if self.cursor < top:
            top = min(self.cursor, top - half)
        elif self.cursor >= top + height:
            top = max(self.cursor - height + 1, top + half)
        top = self._clamp_top(top)
        moved = top != self._top
        self._top = top
        return moved

    def _clamp_top(self, top: int) -> int:
        return max(0, min(top, self._count - self._height))

    @property
    def _height(self) -> int:
        """How many rows there is room for."""
        return max(1, (self.size.height - self.lead_lines) // self._row_lines)

    @property
    def _row_lines(self) -> int:
        """Lines a row: two where one is too narrow, some columns may go below, and all rows have the room."""
        fits = 2 * self._count <= self.size.height - self.lead_lines
        return 2 if fits and self._needs_second(self.size.width) else 1

    def _needs_second(self, width: int) -> bool:
        """Whether one line cuts a text that shares the room, or leaves out a column that is dropped last."""
        columns = self._columns
        if not any(column.second for column in columns) or natural_width(columns) <= width - GUTTER:
            return False
        given = dict(lay_out(columns, width - GUTTER))
        return any(
            column.wanted > given.get(at, column.wanted)
            or (at not in given and column.drop_priority >= _MISSED)
            for at, column in enumerate(columns)
        )

    def lines_wanted(self, width: int) -> int:
        """The lines in which nothing of the list is cut or scrolled, in so many cells."""
        if not self._count:
            return self.lead_lines + max(1, len(self._empty_lines(width - GUTTER)))
        return self.lead_lines + self._count * (2 if self._needs_second(width) else 1)

    def _refresh_index(self, index: int) -> None:
        line = (index - self._top) * self._row_lines + self.lead_lines
        if self.lead_lines <= line < self.size.height:
            self.refresh(Region(0, line, self.size.width, self._row_lines))

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the row under the cursor begins on the screen, for the terminal's own cursor."""
        return self.content_region.offset + Offset(
            0, (self.cursor - self._top) * self._row_lines + self.lead_lines
        )

    # events

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._show_cursor()

    def on_click(self, event: events.Click) -> None:
        """Move to the clicked row; a double click opens it."""
        index = self._top + (event.y - self.lead_lines) // self._row_lines
        if event.y < self.lead_lines or index >= self._count:
            return
        self.cursor = index
        if event.chain == 2:
            self.action_open()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move down a few rows."""
        event.stop()
        self.cursor += WHEEL_ROWS

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move up a few rows."""
        event.stop()
        self.cursor -= WHEEL_ROWS

    def notify_style_update(self) -> None:
        """Forget what was drawn with the old colours."""
        super().notify_style_update()
        self._tones.clear()
        self._drop_strips()

    # drawing

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Ask for one line per row, so that `height: auto` with a maximum works."""
        return self.lead_lines + max(self._count, len(self._empty), 1)

    def render_lead(self, y: int) -> Strip:  # noqa: ARG002
        """Draw one of the lines above the rows; a subclass with `lead_lines` overrides it."""
        return Strip.blank(self.size.width, self.tone(""))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines of the screen; a new size is drawn before the widget is told of it."""
        self._show_cursor()
        return super().render_lines(crop)

    def _show_cursor(self) -> None:
        """Keep the cursor in view; a list folded to nothing keeps its place for when it opens again."""
        if self.size.height > self.lead_lines:
            self._top = self._clamp_top(self._top)
            self._scroll_to_cursor()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        if y < self.lead_lines:
            return self.render_lead(y)
        line, part = divmod(y - self.lead_lines, self._row_lines)
        row = self._row_at(self._top + line)
        if row is None:
            return self._blank_line(y - self.lead_lines)
        index = self._top + line
        is_cursor = index == self.cursor and (self.has_focus or self._always_show_cursor)
        has_focus = is_cursor and self.has_focus
        marked = row.key in self._marked
        # One number for both: how many lines a row has, and which of them this is.
        lines = part - self._row_lines
        key = (index, is_cursor, has_focus, marked, self.size.width, self._revision, lines)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._draw(row, is_cursor, has_focus, marked, part)
            self._strips[key] = strip
        return strip

    def tone(self, name: Tone) -> Style:
        """Return the style that the theme gives to a named tone on the list's own ground."""
        if name not in self._tones:
            self._tones[name] = (
                self.get_component_rich_style(f"row-list--{name}") if name else self.rich_style
            )
        return self._tones[name]

    def _blank_line(self, line: int) -> Strip:
        width = self.size.width
        said = () if self._count else self._empty_lines(width - GUTTER)
        if line >= len(said):
            return Strip.blank(width, self.tone(""))
        text = " " * GUTTER + said[line]
        return Strip([Segment(self._fit(text, width), self.tone("dim"))], width)

    def _empty_lines(self, width: int) -> list[str]:
        """What an empty list says, in lines of at most `width` cells."""
        return [part for line in self._empty for part in wrap(clean(line), max(1, width))]

    def _draw(self, row: Row, is_cursor: bool, has_focus: bool, marked: bool, part: int) -> Strip:
        """One line of a row: its first, or with `part` 1 the one below it."""
        glyph = glyphs_of(self).cursor if is_cursor else " "
        mark = " " if part else self._fit(clean(row.mark), 1)
        pieces: list[tuple[str, Tone]] = [
            (glyph, "accent"),
            (mark, _MARK_TONES.get(mark, row.style)),
            ("*" if marked and not part else " ", "accent"),
        ]
        laid_out = self._second_laid_out() if part else self._laid_out()
        if part:
            pieces.append((" " * self._second_indent(), row.style))
        for order, (position, width) in enumerate(self._over_empty(row, laid_out)):
            if order:
                pieces.append((" " * GAP, row.style))
            pieces.append(self._cell(row, position, width))
        # Neighbours of one style become one segment: half the bytes on a slow line.
        ground = self._style(row.style, is_cursor, has_focus)
        segments = [
            Segment(text, ground if text.isspace() else self._style(tone, is_cursor, has_focus))
            for text, tone in pieces
        ]
        return Strip(segments).simplify().adjust_cell_length(self.size.width, ground)

    def _over_empty(self, row: Row, laid_out: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The cells of a row with their widths: a text too long for its own goes on over empty ones."""
        places = list(laid_out)
        while places:
            position, width = places.pop(0)
            while places and not _text_at(row, places[0][0]) and self._is_cut(row, position, width):
                width += GAP + places.pop(0)[1]
            yield position, width

    def _is_cut(self, row: Row, position: int, width: int) -> bool:
        """Whether the text of a cell needs more room on its right side."""
        if position >= len(row.cells):
            return False
        cell = row.cells[position]
        align = cell.align or self._columns[position].align
        return align == "left" and cell_width(clean(cell.text)) > width

    def _cell(self, row: Row, position: int, width: int) -> tuple[str, Tone]:
        if position >= len(row.cells):
            return " " * width, row.style
        cell = row.cells[position]
        align = cell.align or self._columns[position].align
        text = clean(cell.text)
        if cell.short and cell_width(text) > width:
            text = clean(cell.short)
        return self._fit(text, width, align), cell.style or row.style

    def _fit(self, text: str, width: int, align: Align = "left") -> str:
        return fit(text, width, align, glyphs_of(self).ellipsis)

    def _style(self, tone: Tone, is_cursor: bool, has_focus: bool) -> Style:
        style = self.tone(tone)
        if not is_cursor:
            return style
        if not has_focus:
            return style + Style(bold=True)
        return style.without_color + self.get_component_rich_style("row-list--cursor")

    def _laid_out(self) -> tuple[tuple[int, int], ...]:
        """The columns of the first line of a row with their widths."""
        width, is_one = self.size.width, self._row_lines == 1
        # The sign tells one line from two: the same width is laid out both ways.
        key = width if is_one else -1 - width
        if self._layout_for_width[0] != key:
            first = [at for at, column in enumerate(self._columns) if is_one or not column.second]
            self._layout_for_width = (key, self._places(first, width - GUTTER))
        return self._layout_for_width[1]

    def _second_laid_out(self) -> tuple[tuple[int, int], ...]:
        """The columns of the line below it."""
        width = self.size.width
        if self._second_for_width[0] != width:
            second = [at for at, column in enumerate(self._columns) if column.second]
            room = width - GUTTER - self._second_indent()
            self._second_for_width = (width, self._places(second, room))
        return self._second_for_width[1]

    def _second_indent(self) -> int:
        """The line below begins under the first text that shares the room, where it fits so."""
        under = self._columns[0].width + GAP if self._columns[0].width else GAP
        second = natural_width([column for column in self._columns if column.second])
        return under if second <= self.size.width - GUTTER - under else GAP

    def _places(self, chosen: Sequence[int], width: int) -> tuple[tuple[int, int], ...]:
        laid_out = lay_out([self._columns[at] for at in chosen], width)
        return tuple((chosen[at], cells) for at, cells in laid_out)

    def _row_at(self, index: int) -> Row | None:
        if not 0 <= index < self._count:
            return None
        number, place = divmod(index, PAGE_ROWS)
        page = self._pages.get(number)
        if page is None:
            start = number * PAGE_ROWS
            page = self._source.rows(start, min(start + PAGE_ROWS, self._count))
            self._pages[number] = page
        return page[place] if place < len(page) else None

    def _drop_caches(self) -> None:
        self._pages.clear()
        self._drop_strips()

    def _drop_strips(self) -> None:
        self._revision += 1
        self._strips.clear()


def _text_at(row: Row, position: int) -> str:
    return row.cells[position].text if position < len(row.cells) else ""

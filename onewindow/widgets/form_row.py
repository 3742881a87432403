"""One question of a form: its label, its input, and under it what is wrong with it."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.geometry import Size
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.widget import Widget

from onewindow.text.clean import clean
from onewindow.text.layout.width import cell_width, fit, wrap
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.form_fields import ChoiceField, FlagField
from onewindow.widgets.glyphs import glyphs_of
from onewindow.widgets.reference_field import ReferenceField
from onewindow.widgets.text_fields import LongTextField, TextField

FormField = TextField | LongTextField | ChoiceField | FlagField | ReferenceField
LABEL_MARGIN = 3


def label_width(spec: FieldSpec) -> int:
    """Return the cells that the label of a field wants, its marks included."""
    return cell_width(clean(spec.label)) + LABEL_MARGIN + 1


def make_field(spec: FieldSpec) -> FormField:
    """Return the input for a kind of field."""
    match spec.kind:
        case "long_text":
            return LongTextField(spec)
        case "choice":
            return ChoiceField(spec)
        case "flag":
            return FlagField()
        case "reference":
            return ReferenceField(spec)
        case _:
            return TextField(spec)


class FormRow(Widget):
    """Draws label and error itself, so that a field costs two widgets."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"form-row--label", "form-row--label-focused", "form-row--error"}
    DEFAULT_CSS = """
    FormRow {
        layout: vertical;
        height: auto;
        & > .form-row--label { color: $text-muted; }
        & > .form-row--label-focused { color: $text-accent; text-style: bold; }
        & > .form-row--error { color: $text-error; text-style: bold; }
        &:ansi > .form-row--label { color: ansi_default; }
    }
    """

    error: Reactive[str] = reactive("", layout=True, init=False)
    """What is wrong with the field, in one sentence, or an empty text."""
    active: Reactive[bool] = reactive(False, init=False)
    """Whether the focus is in the field."""

    def __init__(self, spec: FieldSpec, width: int) -> None:
        """Make the row; `width` is the room for the label."""
        super().__init__()
        self.spec = spec
        self.field = make_field(spec)
        self.field.styles.margin = (0, 0, 0, width)
        self._width = width

    def compose(self) -> ComposeResult:
        """The field is the only child."""
        yield self.field

    @property
    def focus_target(self) -> Widget:
        """What takes the keys."""
        return self.field.focus_target if isinstance(self.field, ReferenceField) else self.field

    def on_descendant_focus(self) -> None:
        """Show where the user is."""
        self.active = True

    def on_descendant_blur(self) -> None:
        """Show that the user is elsewhere."""
        self.active = False

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Leave the lines of the error."""
        return super().get_content_height(container, viewport, width) + len(self.error_lines(width))

    def error_lines(self, width: int) -> list[str]:
        """What is wrong with the field, in lines of at most `width` cells."""
        if not self.error:
            return []
        whole = f"! {clean(self.error)}"
        # A long sentence begins further left, rather than taking more lines than it must.
        indent = max(LABEL_MARGIN, min(self._width, width - cell_width(whole)))
        return [" " * indent + line for line in wrap(whole, max(1, width - indent))]

    def render_line(self, y: int) -> Strip:
        """Draw the label in the first line, the error in the last one, around the field."""
        ground = self.rich_style
        width = self.size.width
        wrong = self.error_lines(width)
        place = y - (self.size.height - len(wrong))
        if 0 <= place < len(wrong):
            text = fit(wrong[place], width, "left", glyphs_of(self).ellipsis)
            return Strip([Segment(text, self.get_component_rich_style("form-row--error"))], width)
        if y:
            return Strip.blank(width, ground)
        glyphs = glyphs_of(self)
        cursor = glyphs.cursor if self.active else " "
        label = fit(clean(self.spec.label), self._width - LABEL_MARGIN, "left", glyphs.ellipsis).rstrip()
        star = "*" if self.spec.required else ""
        name = "form-row--label-focused" if self.active else "form-row--label"
        segments = [Segment(f"{cursor}{label}{star}", self.get_component_rich_style(name))]
        return Strip(segments).adjust_cell_length(width, ground)

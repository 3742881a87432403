"""Styles of a widget's parts that are worked out when a line needs them."""

from __future__ import annotations

from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.widget import Widget

from onewindow.widgets.host import host_of


class StylesOnDemand(Widget):
    """A widget whose component styles cost nothing until one is used.

    The toolkit works out all of `COMPONENT_CLASSES` of a widget when its own style may have changed: three
    times at a start, and at each move of the focus. Here this is done only for those that are drawn.
    """

    # The toolkit has no public way; a test holds the private names that are used here.
    @classmethod
    def _get_component_classes(cls) -> frozenset[str]:  # pyright: ignore[reportIncompatibleVariableOverride]
        return frozenset()

    def get_component_styles(self, *names: str) -> RenderStyles:
        """The styles of some of the `COMPONENT_CLASSES` together; raises KeyError for others."""
        for name in names:
            if name not in self._component_styles and name in super()._get_component_classes():
                part = DOMNode(classes=name)
                part._attach(self)  # pyright: ignore[reportPrivateUsage]
                host_of(self).stylesheet.apply(part)  # pyright: ignore[reportUnknownMemberType]
                self._component_styles[name] = part.styles
        return super().get_component_styles(*names)

    def notify_style_update(self) -> None:
        """Forget what was worked out for the old style."""
        self._component_styles.clear()
        super().notify_style_update()

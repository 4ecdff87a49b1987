"""What one tab of the browser has done to the placement, to be undone and done again."""

from dataclasses import dataclass, field

from shared.rendering.layout import Layout

# As many steps as anybody goes back.
MOST_STEPS = 100


@dataclass
class History:
    """The placement that a tab shows, with those before it and those that were undone.

    `version` is that of the design: whoever saves with another one than is stored has not seen
    what was saved elsewhere. `own` are the versions that this tab has saved.
    """

    version: int
    layout: Layout
    own: set[int] = field(default_factory=set)
    past: list[Layout] = field(default_factory=list)
    undone: list[Layout] = field(default_factory=list)

    def shows(self, version: int, layout: Layout) -> None:
        """What is stored is shown. Another placement came from elsewhere: no step leads to it."""
        if layout != self.layout:
            self.past.clear()
            self.undone.clear()
        self.version, self.layout = version, layout

    def did(self, version: int, layout: Layout) -> None:
        """This tab has saved another placement: a new one, or the next one before or after."""
        if self.past and layout == self.past[-1]:
            self.past.pop()
            self.undone.append(self.layout)
        elif layout != self.layout:
            self._went_on(layout)
        self.own.add(version)
        self.version, self.layout = version, layout

    def seen_after(self, version: int) -> int:
        """The newest version that only this tab's own changes part from `version`.

        A hand is quicker than the answer to what it did before.
        """
        while version + 1 in self.own:
            version += 1
        return version

    def _went_on(self, layout: Layout) -> None:
        if self.undone and layout == self.undone[-1]:
            self.undone.pop()
        else:
            self.undone.clear()
        self.past = [*self.past, self.layout][-MOST_STEPS:]

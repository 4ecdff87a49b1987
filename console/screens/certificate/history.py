"""What one browser tab has done to the placement, to undo and redo."""

from dataclasses import dataclass, field

from shared.rendering.layout import Layout

# More steps than anybody goes back.
MOST_STEPS = 100


@dataclass
class History:
    """The placement that a tab shows, with earlier ones and those that were undone.

    `version` is the design's: somebody who saves with another version than the stored one has not
    seen what was saved elsewhere. `own` are the versions that this tab has saved.
    """

    version: int
    layout: Layout
    own: set[int] = field(default_factory=set)
    past: list[Layout] = field(default_factory=list)
    undone: list[Layout] = field(default_factory=list)

    def shows(self, version: int, layout: Layout) -> None:
        """Note that the stored placement is shown. If it differs, it came from elsewhere, and no
        step leads to it."""
        if layout != self.layout:
            self.past.clear()
            self.undone.clear()
        self.version, self.layout = version, layout

    def did(self, version: int, layout: Layout) -> None:
        """Note that this tab saved a placement: a new one, or an undo or redo step."""
        if self.past and layout == self.past[-1]:
            self.past.pop()
            self.undone.append(self.layout)
        elif layout != self.layout:
            self._went_on(layout)
        self.own.add(version)
        self.version, self.layout = version, layout

    def seen_after(self, version: int) -> int:
        """The newest version that differs from `version` only by this tab's own changes.

        It is needed because the hand is quicker than the answer to its previous change.
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

"""A rectangle on a picture."""

from typing import NamedTuple


class Area(NamedTuple):
    """The edges of a rectangle; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def shifted(self, x: float, y: float) -> "Area":
        return Area(self.left + x, self.top + y, self.right + x, self.bottom + y)

    def grown(self, by: float) -> "Area":
        return Area(self.left - by, self.top - by, self.right + by, self.bottom + by)

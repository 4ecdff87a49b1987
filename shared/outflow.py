"""A file that is taken piece by piece while it is being written."""

import io
from typing import Any


class Outflow(io.RawIOBase):
    """A stream that keeps what was written until it is taken; it cannot seek."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        """Everything written since the last call."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)

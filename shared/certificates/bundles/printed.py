"""Certificates as one PDF for the printer."""

import tempfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path

from shared.certificates.bundles.order import Entry, Order, count, entries
from shared.certificates.bundles.zipped import Told
from shared.errors import TooManyPages
from shared.events.installation import Installation
from shared.rendering.pdf.many import join, print_together

# Compiled at once: more take more memory, without being quicker.
PART = 2_000
# A document of more is opened by hardly any printer.
MOST_PAGES = 50_000
_CHUNK = 1 << 20


@dataclass
class _Parts:
    """The files that have been printed so far, and how many pages are in them."""

    folder: Path
    files: list[Path] = field(default_factory=list)
    pages: int = 0

    def print(self, entries: list[Entry]) -> None:
        file = self.folder / f"{len(self.files)}.pdf"
        file.write_bytes(print_together(entries[0].design, [entry.facts for entry in entries]))
        self.files.append(file)
        self.pages += len(entries)


def printed(installation: Installation, order: Order, told: Told) -> Generator[bytes]:
    """The PDF, piece by piece, and empty pieces while it is made; `told` hears how many are in it.

    A page each, those of one design behind those of another. Raises TooManyPages before the first
    piece, and NameProblem when a certificate cannot be drawn any more.
    """
    with installation.database.reading() as session:
        if count(session, order) > MOST_PAGES:
            raise TooManyPages(limit=MOST_PAGES)
    return _pieces(installation, order, told)


def _pieces(installation: Installation, order: Order, told: Told) -> Generator[bytes]:
    with tempfile.TemporaryDirectory(prefix="certificates-") as folder:
        parts = _Parts(Path(folder))
        for some in _of_one_design(entries(installation.database, installation.settings, order)):
            parts.print(some)
            told(parts.pages)
            # So that whoever waits no longer is noticed.
            yield b""
        if not parts.files:
            return
        whole = parts.files[0]
        if len(parts.files) > 1:
            whole = Path(folder) / "whole.pdf"
            join(parts.files, whole)
        with whole.open("rb") as file:
            while piece := file.read(_CHUNK):
                yield piece


def _of_one_design(listed: Iterator[Entry]) -> Iterator[list[Entry]]:
    for _, same in groupby(listed, lambda entry: entry.design.sha256):
        while part := list(islice(same, PART)):
            yield part

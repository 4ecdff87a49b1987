"""Certificates as one PDF for the printer."""

import tempfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from pathlib import Path

from shared.certificates.bundles.order import Entry, Order, count, entries
from shared.certificates.bundles.zipped import Told
from shared.errors import ProductError
from shared.events.installation import Installation
from shared.language import N_
from shared.rendering.pdf.many import join, print_together

# How many are compiled at once: more take more memory without being faster.
PART = 2_000
# Hardly any printer opens a larger document.
MOST_PAGES = 50_000
_CHUNK = 1 << 20


@dataclass
class _Parts:
    """The PDFs compiled so far, and how many pages they have."""

    folder: Path
    files: list[Path] = field(default_factory=list)
    pages: int = 0

    def print(self, entries: list[Entry]) -> None:
        file = self.folder / f"{len(self.files)}.pdf"
        file.write_bytes(print_together(entries[0].design, [entry.facts for entry in entries]))
        self.files.append(file)
        self.pages += len(entries)


def printed(installation: Installation, order: Order, told: Told) -> Generator[bytes]:
    """The PDF, piece by piece, with empty pieces while it is made; `told` is called with the count
    so far.

    One page each, design after design. Raises ProductError before the first piece, and NameProblem
    if a certificate can no longer be drawn.
    """
    with installation.database.reading() as session:
        if count(session, order) > MOST_PAGES:
            raise ProductError(
                N_(
                    "One PDF takes at most {limit} certificates. Choose fewer people, or a ZIP "
                    "instead."
                ),
                limit=MOST_PAGES,
            )
    return _pieces(installation, order, told)


def _pieces(installation: Installation, order: Order, told: Told) -> Generator[bytes]:
    with tempfile.TemporaryDirectory(prefix="certificates-") as folder:
        parts = _Parts(Path(folder))
        for some in _of_one_design(
            entries(installation.database, installation.settings, replace(order, format="pdf"))
        ):
            parts.print(some)
            told(parts.pages)
            # So that a client that no longer waits is noticed.
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

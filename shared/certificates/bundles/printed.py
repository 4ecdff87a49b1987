"""Certificates as one PDF for the printer."""

import tempfile
from collections.abc import Generator
from dataclasses import replace
from itertools import groupby, islice
from pathlib import Path

from shared.certificates.bundles.order import Order, count, entries
from shared.errors import ProductError
from shared.events.installation import Installation
from shared.language import N_
from shared.rendering.derivatives import join, print_together
from shared.storage.turns import CountProgress

# How many are compiled at once: more take more memory without being faster.
PART = 2_000
# Hardly any printer opens a larger document.
MOST_PAGES = 50_000
_CHUNK = 1 << 20


def printed(installation: Installation, order: Order, progress: CountProgress) -> Generator[bytes]:
    """The PDF, piece by piece, with empty pieces while it is made.

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
    return _pieces(installation, order, progress)


def _pieces(installation: Installation, order: Order, progress: CountProgress) -> Generator[bytes]:
    listed = entries(installation, replace(order, format="pdf"))
    files, pages = list[Path](), 0
    with tempfile.TemporaryDirectory(prefix="certificates-") as folder:
        for _, of_design in groupby(listed, lambda entry: entry.design.sha256):
            while part := list(islice(of_design, PART)):
                files.append(Path(folder) / f"{len(files)}.pdf")
                facts = [entry.facts for entry in part]
                files[-1].write_bytes(print_together(part[0].design, facts))
                pages += len(part)
                progress(pages)
                # So that a client that no longer waits is noticed.
                yield b""
        if not files:
            return
        whole = files[0]
        if len(files) > 1:
            whole = Path(folder) / "whole.pdf"
            join(files, whole)
        with whole.open("rb") as file:
            while piece := file.read(_CHUNK):
                yield piece

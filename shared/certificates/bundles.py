"""Many certificates in one download: as a ZIP, or as one PDF for printing.

They are made while being sent, design by design, in the list's order, so they need no more memory
for long lists.
"""

import datetime
import io
import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from pathlib import Path
from typing import Literal

import regex
from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from shared.certificates.designs import designs
from shared.certificates.issuing import chosen
from shared.certificates.issuing.drawing import facts_of
from shared.errors import NameProblem, PlaceholderUnknown, ProductError, SettingRefused
from shared.events.installation import Installation
from shared.language import N_
from shared.rendering.design import CompiledDesign, Format, print_together, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.pdf import join_pdfs
from shared.settings import Settings
from shared.storage import hooks
from shared.storage.models import Certificate, Event, Volunteer
from shared.storage.models.certificate import STANDING
from shared.storage.rows import count_rows
from shared.storage.turns import CountProgress
from shared.volunteers.lists.list_columns import secret_titles

# The values for file names, besides the list's own columns.
OWN_VALUES = ("number", "name", "email")
FIRST_PATTERN = "{number} {name}"
Kind = Literal["zip", "pdf"]
_FETCHED_AT_ONCE = 200
# The number of certificates from which a download's size is estimated.
_JUDGED_BY = 3
# Bytes per file in a ZIP: its two headers, each with its name.
_HEADERS = 180


@dataclass(frozen=True)
class BundleOrder:
    """The people whose certificates are wanted, by id, or everybody (None); and, for a ZIP, the
    format and the pattern for the names of its files."""

    event_id: int
    people: chosen.People = field(default=None, compare=False)
    format: Format = "jpg"
    pattern: str = FIRST_PATTERN


@dataclass(frozen=True)
class BundleEntry:
    """A certificate to be drawn, and the values for its file name."""

    design: CompiledDesign
    facts: Facts
    day: datetime.date
    values: dict[str, str]


def count(session: Session, order: BundleOrder) -> int:
    """Count the certificates of the order."""
    event = session.get_one(Event, order.event_id)
    return count_rows(session, chosen.with_certificate(event, order.people))


def known_values(event: Event) -> list[str]:
    """Return the placeholders for patterns of this event."""
    left_out = {*OWN_VALUES, *secret_titles(event)}
    return [*OWN_VALUES, *(title for title in event.list_columns if title not in left_out)]


def entries(
    installation: Installation, order: BundleOrder, *, are_signed: bool = False
) -> Iterator[BundleEntry]:
    """Yield the certificates by design and in the list's order, with their credentials if
    `are_signed`.

    They are fetched a few at a time, and no transaction is open while those are drawn.
    """
    place, last = (Certificate.design_id, Certificate.volunteer_id), (0, 0)
    by_design = _ordered(order).order_by(None).order_by(*place).limit(_FETCHED_AT_ONCE)
    made = None
    while made is None or len(made) == _FETCHED_AT_ONCE:
        with installation.database.reading() as session:
            page = session.execute(by_design.where(tuple_(*place) > last)).all()
            ids = [row[0].id for row in page] if are_signed else []
            signed = hooks.features().carried_in_file(installation, ids) if ids else {}
            made = [
                _entry(session, order, installation.settings, *row, signed.get(row[0].id))
                for row in page
            ]
            if page:
                last = page[-1][0].design_id, page[-1][0].volunteer_id
        yield from made


def _entry(
    session: Session,
    order: BundleOrder,
    settings: Settings,
    certificate: Certificate,
    email: str,
    credential: bytes | None = None,
) -> BundleEntry:
    facts = facts_of(settings, certificate, credential)
    own = {"number": certificate.number, "name": certificate.name, "email": email}
    design = designs.compiled(session, certificate.design, facts, order.format)
    return BundleEntry(design, facts, certificate.date, dict(certificate.columns) | own)


def _ordered(order: BundleOrder) -> Select[Certificate, str]:
    """Select the certificates with their people's addresses, in the list's order."""
    found = (
        select(Certificate, Volunteer.email)
        .join(Volunteer, Volunteer.id == Certificate.volunteer_id)
        .where(Certificate.event_id == order.event_id, STANDING)
        .order_by(Certificate.volunteer_id)
    )
    return chosen.of_these(found, Certificate.volunteer_id, order.people)


def expected_bytes(session: Session, settings: Settings, order: BundleOrder, kind: Kind) -> int:
    """Estimate the size of the download in bytes from a few of its certificates; 0 for nobody.
    Raises NameProblem."""
    some = _spread(session, replace(order, format="pdf") if kind == "pdf" else order, settings)
    if not some:
        return 0
    people = count(session, order)
    if kind == "zip":
        drawn = [render_certificate(entry.design, entry.facts, order.format) for entry in some]
        return people * (sum(map(len, drawn)) // len(drawn) + _HEADERS)
    # The first page has all that pages share; each further one adds only its own texts.
    first = some[0]
    same = [entry.facts for entry in some if entry.design is first.design]
    single, together = (len(print_together(first.design, facts)) for facts in (same[:1], same))
    further = (together - single) // (len(same) - 1) if len(same) > 1 else 0
    return single + (people - 1) * further


def _spread(session: Session, order: BundleOrder, settings: Settings) -> list[BundleEntry]:
    """Return a sample of the certificates, spread over the list."""
    event = session.get_one(Event, order.event_id)
    holders = chosen.with_certificate(event, order.people).subquery()
    ends = select(func.min(holders.c.volunteer_id), func.max(holders.c.volunteer_id))
    first, last = session.execute(ends).one()
    if first is None:
        return []
    found: dict[int, BundleEntry] = {}
    for place in range(first, last + 1, max(1, (last - first) // _JUDGED_BY)):
        nearest = _ordered(order).where(Certificate.volunteer_id >= place).limit(1)
        row = session.execute(nearest).first()
        if row and len(found) < _JUDGED_BY:
            found[row[0].id] = _entry(session, order, settings, *row)
    return list(found.values())


# Names of a ZIP's files, which every system can unpack. Windows is the strictest: see Microsoft's
# “Naming Files, Paths, and Namespaces”.

LONGEST_PATTERN = 200
# In bytes of UTF-8: most file systems allow 255 with the number.
_LONGEST = 120
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# Also control characters, and marks that change the text direction.
_UNSAFE = regex.compile(r'[\\/:*?"<>|\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Bidi_Control}\p{Zl}\p{Zp}]+')
_RESERVED = re.compile(r"(?i)(CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])\s*(\.|$)")


class FileNames:
    """Gives files of one kind unique names."""

    def __init__(self, pattern: str, extension: str, known: Collection[str]) -> None:
        """`pattern` has placeholders in braces, all of which must be `known`.

        Raises SettingRefused and PlaceholderUnknown.
        """
        self._pattern = checked_pattern(pattern, known)
        self._extension = extension
        self._taken: dict[str, int] = {}

    def of(self, values: Mapping[str, str]) -> str:
        """Return the file name for these values; a repeated one gets a number."""
        stem = _safe(_PLACEHOLDER.sub(lambda found: values.get(found[1], ""), self._pattern))
        # Systems that ignore case would unpack the second over the first.
        key = unicodedata.normalize("NFKC", stem).casefold()
        count = self._taken[key] = self._taken.get(key, 0) + 1
        if count == 1:
            return f"{stem}.{self._extension}"
        while f"{key} ({count})" in self._taken:
            count += 1
        self._taken[key] = count
        self._taken[f"{key} ({count})"] = 1
        return f"{stem} ({count}).{self._extension}"


def checked_pattern(pattern: str, known: Collection[str]) -> str:
    """Return a usable pattern. Raises SettingRefused and PlaceholderUnknown for others."""
    if not pattern.strip() or len(pattern) > LONGEST_PATTERN:
        reason = N_("must be 1 to 200 characters, as in {number} {name}")
        raise SettingRefused(field="pattern", reason=reason)
    for placeholder in _PLACEHOLDER.findall(pattern):
        if placeholder not in known:
            there_are = ", ".join(f"{{{name}}}" for name in known)
            raise PlaceholderUnknown(
                field="pattern", placeholder=f"{{{placeholder}}}", known=there_are
            )
    return pattern


def _safe(text: str) -> str:
    plain = " ".join(_UNSAFE.sub(" ", unicodedata.normalize("NFC", text)).split())
    stem = ""
    # Windows drops dots and spaces at the end; elsewhere a leading dot hides a file.
    for character in regex.findall(r"\X", plain.strip(". ")):
        # As many characters, as people count them (UAX #29), as fit.
        if len((stem + character).encode()) > _LONGEST:
            stem = stem.rstrip(". ")
            break
        stem += character
    if not stem:
        return "certificate"
    return f"_{stem}" if _RESERVED.match(stem) else stem


# A ZIP that is sent file by file, as each is drawn. Drawing holds Python's lock most of the time,
# so drawing ahead in a thread gains nothing.

# The file in place of certificates that can no longer be drawn.
NOT_DRAWN = "not drawn.txt"
# A file's name and content, and a day.
File = tuple[str, bytes, datetime.date]
# ZIP stores MS-DOS dates, which begin here.
_FIRST_DAY = datetime.date(1980, 1, 1)


def zip_of(files: Iterable[File]) -> Generator[bytes]:
    """Yield a ZIP, each file before the next one is made. Images and PDFs are not compressed again.
    The files' time is a day, so that the same content gives the same bytes.

    Each file's header has its length and checksum, so that it can be unpacked while it arrives;
    beyond 4 GB or 65 535 files it is a ZIP64 (PKWARE's APPNOTE.TXT, 4.3.9 and 4.5.3).
    zipstream-ng 1.9 writes both after the content, whose end is then unknown without compression.
    """
    out = _Window()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content, day in files:
            day = max(day, _FIRST_DAY)
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
            yield out.taken()
    yield out.taken()


class _Window(io.BytesIO):
    """The written bytes that are not taken yet, and can be overwritten until then. Its places count
    from the start of the ZIP."""

    _before = 0

    def taken(self) -> bytes:
        content = self.getvalue()
        self._before += len(content)
        super().seek(0)
        self.truncate(0)
        return content

    def tell(self) -> int:
        return self._before + super().tell()

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        return self._before + super().seek(place - self._before, whence)


def zipped(
    installation: Installation, order: BundleOrder, progress: CountProgress
) -> Generator[bytes]:
    """Yield the ZIP in pieces, and stop drawing if closed early. Raises SettingRefused and
    PlaceholderUnknown before the first piece."""
    with installation.database.reading() as session:
        known = known_values(session.get_one(Event, order.event_id))
    names = FileNames(order.pattern, order.format, known)
    return zip_of(_files(installation, order, names, progress))


def _files(
    installation: Installation, order: BundleOrder, names: FileNames, progress: CountProgress
) -> Iterator[File]:
    refused = []
    listed = entries(installation, order, are_signed=order.format != "jpg")
    for done, entry in enumerate(listed, start=1):
        try:
            content = render_certificate(entry.design, entry.facts, order.format)
        except NameProblem as problem:
            refused.append((entry, problem))
        else:
            yield names.of(entry.values), content, entry.day
        progress(done)
    if refused:
        lines = [f"{each.facts.number} {each.facts.name}: {why}" for each, why in refused]
        yield NOT_DRAWN, "\r\n".join(lines).encode("utf-8-sig"), refused[0][0].day


# One PDF for the printer

# More take more memory without being faster.
COMPILED_AT_ONCE = 2_000
# Hardly any printer opens a larger document.
MOST_PAGES = 50_000
_CHUNK = 1 << 20


def printed(
    installation: Installation, order: BundleOrder, progress: CountProgress
) -> Generator[bytes]:
    """Yield the PDF in pieces, with empty ones while it is made, and a page for each certificate,
    by design.

    Raises ProductError before the first piece, and NameProblem if a certificate can no longer be
    drawn.
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


def _pieces(
    installation: Installation, order: BundleOrder, progress: CountProgress
) -> Generator[bytes]:
    listed = entries(installation, replace(order, format="pdf"))
    files, pages = list[Path](), 0
    with tempfile.TemporaryDirectory(prefix="certificates-") as folder:
        for _, of_design in groupby(listed, lambda entry: entry.design.sha256):
            while part := list(islice(of_design, COMPILED_AT_ONCE)):
                files.append(Path(folder) / f"{len(files)}.pdf")
                facts = [entry.facts for entry in part]
                files[-1].write_bytes(print_together(part[0].design, facts))
                pages += len(part)
                progress(pages)
                # This is how a client that has gone is noticed.
                yield b""
        if not files:
            return
        whole = files[0]
        if len(files) > 1:
            whole = Path(folder) / "whole.pdf"
            join_pdfs(files, whole)
        with whole.open("rb") as file:
            while piece := file.read(_CHUNK):
                yield piece

"""Everything of an event in one ZIP, streamed while it is read: nothing is stored on disk."""

import json
import re
import zipfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import inspect, select, tuple_

from shared.certificates.designs.designs import pictures_of
from shared.certificates.issuing import chosen
from shared.certificates.issuing.drawing import render
from shared.errors import NameProblem
from shared.events.installation import Installation
from shared.rendering.uploads.template import plain_type
from shared.storage import hooks
from shared.storage.database import Database
from shared.storage.models import (
    AuditEntry,
    Certificate,
    Design,
    Event,
    EventFont,
    FontFile,
    Group,
    Picture,
    VectorPage,
)
from shared.storage.models.certificate import STANDING
from shared.storage.rows import count_rows
from shared.storage.turns import Progress, unseen
from shared.volunteers import table_files
from shared.volunteers.tables import Outflow, Page, csv_lines

_ROWS, _SIGNED_AT_ONCE = 1_000, 200
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
# Columns with secrets, or that refer to what others also own.
_LEFT_OUT = {"organizer_token_hash", "early_account", "account_id"}
_SUFFIXES = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/svg+xml": "svg",
    "application/pdf": "pdf",
}


def archive(
    installation: Installation,
    event: Event,
    *,
    with_certificates: bool = False,
    progress: Progress = unseen,
) -> Iterator[bytes]:
    """Yield the bytes of the ZIP: tables of people, mails and acts, designs with images and fonts,
    and, if wanted, the valid certificates. Tokens and passwords are left out."""
    with installation.database.reading() as session:
        whole = table_files.count_people(session, event.id)
        if with_certificates:
            whole += count_rows(session, chosen.with_certificate(event))
    stream, done = Outflow(), 0
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for count in _parts(installation, event, file, with_certificates=with_certificates):
            done += count
            progress(min(done / max(1, whole), 1.0))
            yield stream.taken()
    yield stream.taken()


def _parts(
    installation: Installation, event: Event, file: zipfile.ZipFile, *, with_certificates: bool
) -> Iterator[int]:
    """Write the parts, and yield how many people or certificates each step has covered."""
    database, settings = installation.database, installation.settings
    columns = [column.key for column in inspect(Event).column_attrs]
    entered = {name: getattr(event, name) for name in columns if name not in _LEFT_OUT}
    file.writestr("event.json", _as_json(entered))
    if event.groups_version:
        file.writestr("groups.json", _as_json(_groups(database, event)))
    titles = table_files.titles_of(event)
    people = table_files.pages_of_people(database, settings, event.id, titles)
    yield from _table(file, "people.csv", titles, people)
    mails = table_files.pages_of_mails(database, event.id)
    titles_of_mails = table_files.LEDGER_TITLES
    yield from (0 for _ in _table(file, "mails.csv", titles_of_mails, mails))
    columns = [column.key for column in inspect(AuditEntry).column_attrs]
    acts = _pages_of_log(database, event, columns)
    yield from (0 for _ in _table(file, "log.csv", columns, acts))
    yield from _designs(database, event, file)
    yield from (0 for _ in _credentials(installation, event, file))
    if with_certificates:
        yield from _certificates(installation, event, file)


def _table(
    file: zipfile.ZipFile, name: str, titles: Sequence[str], pages: Iterable[Page]
) -> Iterator[int]:
    """Write CSV that spreadsheets open as UTF-8, and yield the rows of each page."""
    with file.open(name, "w", force_zip64=True) as binary:
        binary.write(csv_lines([titles]).encode("utf-8-sig"))
        for page in pages:
            binary.write(csv_lines(page).encode())
            yield len(page)


def _pages_of_log(database: Database, event: Event, columns: Sequence[str]) -> Iterator[Page]:
    """Yield the log. Each page is a read of its own, so a slow download keeps no read open."""
    found = select(AuditEntry).where(AuditEntry.event_id == event.id)
    found = found.order_by(AuditEntry.at, AuditEntry.id).limit(_ROWS)
    following = found
    while True:
        with database.reading() as session:
            entries = session.scalars(following).all()
        if not entries:
            return
        rows = [[getattr(entry, column) for column in columns] for entry in entries]
        yield [[" ".join(map(str, v)) if isinstance(v, list) else v for v in row] for row in rows]
        last = entries[-1].at, entries[-1].id
        following = found.where(tuple_(AuditEntry.at, AuditEntry.id) > last)


def _groups(database: Database, event: Event) -> list[dict[str, Any]]:
    """Return what organizers entered for each group; `design` is a version, None without one."""
    found = select(Group).where(Group.event_id == event.id).order_by(Group.id)
    with database.reading() as session:
        return [
            {
                "name": group.name,
                "column": group.column_title,
                "value": group.value,
                "wording": group.wording,
                "design": group.design.version if group.design else None,
            }
            for group in session.scalars(found)
        ]


def _as_json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2, default=str)


def _designs(database: Database, event: Event, file: zipfile.ZipFile) -> Iterator[int]:
    """Write each design, and each image, page and font, which are compressed already."""
    with database.reading() as session:
        designs = session.scalars(select(Design).where(Design.event_id == event.id)).all()
        for design in designs:
            stored = {"version": design.version, "template": design.template_sha256}
            vector = {"vector": design.vector_sha256} if design.vector_sha256 else {}
            size = {"print_dpi": design.print_dpi} if design.print_dpi else {}
            content = _as_json(stored | vector | size | {"layout": design.layout})
            file.writestr(f"designs/{design.version:04}.json", content)
        shown = {sha256 for design in designs for sha256 in pictures_of(design)}
        shown |= {design.vector_sha256 for design in designs if design.vector_sha256}
        for sha256 in sorted(shown):
            if kept := session.get(Picture, sha256) or session.get(VectorPage, sha256):
                suffix = _SUFFIXES.get(plain_type(kept.media_type), "bin")
                file.writestr(f"designs/{sha256}.{suffix}", kept.content, zipfile.ZIP_STORED)
                session.expunge(kept)
                yield 0
        fonts = select(EventFont.sha256).where(EventFont.event_id == event.id)
        for sha256 in session.scalars(fonts).all():
            font = session.get_one(FontFile, sha256)
            name = f"designs/{_safe(font.family)}-{sha256[:8]}.ttf"
            file.writestr(name, font.content, zipfile.ZIP_STORED)
            yield 0


def _credentials(installation: Installation, event: Event, file: zipfile.ZipFile) -> Iterator[int]:
    """Write each credential, named as `certs publish --with-credentials` does."""
    found = select(Certificate.id, Certificate.public_id).where(Certificate.event_id == event.id)
    found, last = found.order_by(Certificate.id).limit(_SIGNED_AT_ONCE), 0
    while True:
        with installation.database.reading() as session:
            rows = session.execute(found.where(Certificate.id > last)).all()
        named = {id: public_id for id, public_id in rows}
        if not named:
            return
        last = max(named)
        for id, credential in hooks.features().carried_in_file(installation, named).items():
            file.writestr(f"credentials/{named[id]}.json", credential)
        yield len(named)


def _certificates(installation: Installation, event: Event, file: zipfile.ZipFile) -> Iterator[int]:
    """Write each valid certificate; those that can no longer be drawn are left out."""
    of_event = [Certificate.event_id == event.id, STANDING]
    with installation.database.reading() as session:
        in_order = select(Certificate.id).where(*of_event).order_by(Certificate.id)
        # Machine integers: a list of a million would take twenty times the memory.
        ids = array("q", session.scalars(in_order.execution_options(yield_per=_ROWS)))
    for id in ids:
        with installation.database.reading() as session, suppress(NameProblem):
            # It may have been replaced or withdrawn since.
            still = select(Certificate).where(Certificate.id == id, *of_event)
            if certificate := session.scalar(still):
                drawn = render(session, installation.settings, certificate)
                name = f"certificates/{id:07}-{_safe(certificate.number)}.jpg"
                file.writestr(name, drawn, zipfile.ZIP_STORED)
        yield 1


def _safe(text: str) -> str:
    return _UNSAFE.sub("-", text)[:60] or "-"

"""Downloads of an event's tables, and their route."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from console.offers import Download, Offers, State, StreamedFile
from console.signin import session as access
from console.signin.plain_page import language_of
from shared.access.keys import event_opened_by
from shared.access.roles import Permission
from shared.errors import ProductError, TablesBusy, explain
from shared.events.installation import Installation
from shared.log import audit, audit_log
from shared.log.actor import Actor
from shared.log.audit_log import Wanted
from shared.storage.models import Action
from shared.volunteers import table_files
from shared.volunteers.table_files import Told, csv_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
_RETRY_SECONDS = "10"


@dataclass(frozen=True)
class TableOrder:
    """One of the files in `FILES`: of an event, or of what is about no event.

    `wanted`: which entries of the log.
    """

    file: str
    event_id: int | None
    wanted: Wanted | None = None


@dataclass(frozen=True)
class _File:
    """Who may have it, how many rows it has (raises TooLongForExcel), and its bytes."""

    permission: Permission
    count: Callable[[Session, TableOrder], int]
    made: Callable[[Installation, TableOrder, Told], Iterator[bytes]]


# Each takes as much of the machine as it gets, while screens and volunteers wait.
OFFERS = Offers[TableOrder](TablesBusy, most_at_once=3, most_kept=10_000, patience=4.0)


def offer(order: TableOrder) -> Download[TableOrder]:
    """Offer it: people who may have it find it at its address."""
    return OFFERS.offer(order, lambda key: f"/tables/{key}/{order.file}")


class TableDownloads:
    """The route of the console that sends what was offered."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def send(self, request: Request) -> Response:
        """Send the file, which is made on the way; the log records who downloaded it."""
        download = OFFERS.find(request.path_params["key"])
        if download is None or request.path_params["file"] != download.order.file:
            return Response(status_code=404)
        try:
            pieces = self._begun(request, download)
        except TablesBusy as refusal:
            said, later = explain(refusal, language_of(request)), {"Retry-After": _RETRY_SECONDS}
            return PlainTextResponse(said, 503, later)
        except ProductError as refusal:
            return PlainTextResponse(explain(refusal, language_of(request)), 403)
        file = download.order.file
        headers = {
            "Content-Disposition": f'attachment; filename="{file}"',
            "Cache-Control": "no-store",
        }
        media_type = CSV
        if file.endswith(".xlsx"):
            # Compressed content is not compressed again on the way.
            media_type, headers["Content-Encoding"] = XLSX, "identity"
        return StreamedFile(pieces, media_type, headers, partial(OFFERS.end, download))

    def _begun(self, request: Request, download: Download[TableOrder]) -> Iterator[bytes]:
        """Raises NotAllowed, RoleTooLow, EventUnknown, TooLongForExcel and TablesBusy."""
        order, file = download.order, FILES[download.order.file]
        with self._installation.database.reading() as session:
            signed_in = access.signed_in(session, self._installation, request.cookies)
            reader = signed_in.to(order.event_id)
            reader.require(file.permission if order.event_id else Permission.MANAGE_EVENTS)
            if order.event_id:
                event_opened_by(session, reader, order.event_id)
            download.total = file.count(session, order)
        OFFERS.begin(download)
        try:
            self._record(order, reader.actor(access.network_at(request)))
            return _until_its_end(download, file.made(self._installation, order, download.count))
        except BaseException:
            OFFERS.end(download)
            raise

    def _record(self, order: TableOrder, by: Actor) -> None:
        with self._installation.database.writing(by=by) as session:
            audit.record(session, Action.EXPORTED, order.event_id, fields=[order.file])


def _until_its_end(download: Download[TableOrder], pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield from pieces
    download.state = State.DONE


# The files


def _id_in(order: TableOrder) -> int:
    assert order.event_id is not None
    return order.event_id


def _wanted_in(order: TableOrder) -> Wanted:
    assert order.wanted is not None
    return order.wanted


def _people(installation: Installation, order: TableOrder, told: Told) -> Iterator[bytes]:
    database, settings = installation.database, installation.settings
    return csv_of(table_files.people(database, settings, _id_in(order)).counted(told))


def _mails(installation: Installation, order: TableOrder, told: Told) -> Iterator[bytes]:
    return csv_of(table_files.mails(installation.database, _id_in(order)).counted(told))


def _workbook(installation: Installation, order: TableOrder, told: Told) -> Iterator[bytes]:
    database, settings = installation.database, installation.settings
    return table_files.workbook_of(database, settings, _id_in(order), told)


def _count_for_workbook(session: Session, order: TableOrder) -> int:
    counts = table_files.count_people, table_files.count_tries
    table_files.check_for_excel(session, _id_in(order))
    return sum(count(session, _id_in(order)) for count in counts)


def _log(installation: Installation, order: TableOrder, told: Told) -> Iterator[bytes]:
    return csv_of(table_files.log(installation.database, _wanted_in(order)).counted(told))


def _links(installation: Installation, order: TableOrder, told: Told) -> Iterator[bytes]:
    database, settings = installation.database, installation.settings
    return table_files.workbook_of_links(database, settings, installation.seal, _id_in(order), told)


FILES = {
    "volunteers.csv": _File(
        Permission.EXPORT,
        lambda session, order: table_files.count_people(session, _id_in(order)),
        _people,
    ),
    "volunteers.xlsx": _File(Permission.EXPORT, _count_for_workbook, _workbook),
    "mails.csv": _File(
        Permission.EXPORT,
        lambda session, order: table_files.count_tries(session, _id_in(order)),
        _mails,
    ),
    "log.csv": _File(
        Permission.SEE_LOG,
        lambda session, order: audit_log.count(session, _wanted_in(order)),
        _log,
    ),
    # Whoever has a personal link passes for its person.
    "links.xlsx": _File(
        Permission.CHANGE_TEXTS,
        lambda session, order: table_files.count_links(session, _id_in(order)),
        _links,
    ),
}

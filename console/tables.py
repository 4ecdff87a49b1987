"""Downloads of an event's tables: their route, and what is sent there while it is read."""

import tempfile
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from console.signin import session as access
from console.signin.plain_page import language_of
from shared.errors import ProductError, explain
from shared.events import audit
from shared.events.actor import Actor
from shared.events.installation import Installation
from shared.events.keys import event_opened_by
from shared.events.roles import Permission
from shared.storage.models import Action
from shared.volunteers import table_files

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {"volunteers.csv": "text/csv", "volunteers.xlsx": XLSX, "mails.csv": "text/csv"}
_PIECE = 1_000_000


def address_of(event_id: int, file: str) -> str:
    return f"/tables/{event_id}/{file}"


class TableDownloads:
    """The route of the console that sends them to anybody who may export the event."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def send(self, request: Request) -> Response:
        """The file, made while it is sent; the log records who downloaded it."""
        event_id, file = request.path_params["event"], request.path_params["file"]
        if file not in MEDIA_TYPES:
            return Response(status_code=404)
        try:
            self._record(event_id, file, self._reader(request, event_id, file))
        except ProductError as refusal:
            return PlainTextResponse(explain(refusal, language_of(request)), 403)
        headers = {
            "Content-Disposition": f'attachment; filename="{file}"',
            "Cache-Control": "no-store",
        }
        return StreamingResponse(self._pieces(event_id, file), 200, headers, MEDIA_TYPES[file])

    def _reader(self, request: Request, event_id: int, file: str) -> Actor:
        """Raises NotAllowed, RoleTooLow, EventUnknown and TooLongForExcel."""
        with self._installation.database.reading() as session:
            reader = access.signed_in(session, self._installation, request.cookies).to(event_id)
            reader.require(Permission.EXPORT)
            event_opened_by(session, reader, event_id)
            if MEDIA_TYPES[file] == XLSX:
                table_files.check_for_excel(session, event_id)
        return reader.actor(access.network_at(request))

    def _record(self, event_id: int, file: str, by: Actor) -> None:
        with self._installation.database.writing(by=by) as session:
            audit.record(session, Action.EXPORTED, event_id, fields=[file])

    def _pieces(self, event_id: int, file: str) -> Iterator[bytes]:
        database, settings = self._installation.database, self._installation.settings
        if file == "volunteers.csv":
            return table_files.people_csv(database, settings, event_id)
        if file == "mails.csv":
            return table_files.mails_csv(database, event_id)
        return self._workbook(event_id)

    def _workbook(self, event_id: int) -> Iterator[bytes]:
        """Whole before its first byte, as a ZIP is; in a file without a name, which is gone when
        it is closed."""
        database, settings = self._installation.database, self._installation.settings
        with tempfile.TemporaryFile() as book:
            table_files.write_workbook(database, settings, event_id, book)
            book.seek(0)
            while piece := book.read(_PIECE):
                yield piece

"""The pages on which people read all certificates issued to their address, behind a mailed link."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Form, Request
from fastapi.responses import HTMLResponse, Response

from api import drawings
from api.dependencies import InstallationOf
from api.errors import PageRoute
from api.pages import language_of_page, page, shown_by_get, unlisted_file
from api.pages.personal_link import check_asking, later
from shared.certificates.issuing.record_links import open_record, send_record_link
from shared.certificates.issuing.record_pdf import record_pdf
from shared.certificates.issuing.records import LEFT_OUT, count_in_words, in_words
from shared.events.links import verification_link
from shared.mail.accounts.own import own_event


class _RecordRoute(PageRoute):
    """A route that shows a record; a link that opens none leads to the form for another."""

    template = "record_over.html"


router = APIRouter(include_in_schema=False, route_class=_RecordRoute)


@router.get("/record")
def show(request: Request, installation: InstallationOf, key: str = "") -> Response:
    """Show the list, or without a key the form that asks for the link. Link scanners open it too,
    so it changes nothing."""
    with installation.database.reading() as session:
        if not key:
            return page(request, "record_ask.html", is_mailed=own_event(session) is not None)
        language = language_of_page(request)
        address, found = open_record(session, installation.seal, key)
        return page(
            request,
            "record.html",
            language,
            key=key,
            address=address,
            names=list(found.by_name()),
            count=lambda many: count_in_words(many, language),
            in_words=lambda numbers: in_words(numbers, language),
            link=lambda entry: verification_link(installation.settings, entry.public_id),
            left_out=LEFT_OUT,
        )


@router.get("/record.pdf")
def on_paper(request: Request, installation: InstallationOf, key: str = "") -> Response:
    """Return the list as PDF while its link works. It is not cached."""
    with installation.database.reading() as session:
        address, found = open_record(session, installation.seal, key)
    # A record belongs to no single event: all records wait in one line.
    with drawings.permit(0, f"record of mail {key.partition('-')[0]}"):
        language = language_of_page(request)
        content = record_pdf(installation.settings, address, found, language, LEFT_OUT)
    return unlisted_file(content, "application/pdf", "no-store", "certificates.pdf")


@router.post("/record")
async def ask(
    request: Request,
    installation: InstallationOf,
    background: BackgroundTasks,
    address: Annotated[str, Form()] = "",
) -> Response:
    """Send the link to this address. Everybody gets the same answer, at once."""
    check_asking(request, installation)
    database, seal = installation.database, installation.seal
    later(background, lambda: send_record_link(database, seal, address))
    return shown_by_get(request, "record-asked")


@router.get("/record-asked")
async def asked(request: Request) -> HTMLResponse:
    return page(request, "record_asked.html")

"""Where reminders are ended: by a mail program's one click (RFC 8058), or by a person."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dependencies import InstallationOf
from api.errors import PageRoute
from api.pages.html import language_of_page, page
from shared.mail.queue.opt_outs import end_reminders, find_by_key
from shared.rendering.languages import language_said
from shared.storage.models import Volunteer

router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.get("/reminders/{key}")
def ask(key: str, request: Request, installation: InstallationOf) -> HTMLResponse:
    """A page with a button. Link scanners open it too, so it changes nothing."""
    with installation.database.reading() as session:
        return _page(request, find_by_key(session, installation.seal, key))


@router.post("/reminders/{key}")
def end(key: str, request: Request, installation: InstallationOf) -> HTMLResponse:
    """End them, whatever the form contains; without cookies and redirects (RFC 8058, 3.1)."""
    with installation.database.reading() as session:
        find_by_key(session, installation.seal, key)  # Wrong ones take no lock.
    with installation.database.writing() as session:
        return _page(request, end_reminders(session, installation.seal, key))


def _page(request: Request, volunteer: Volunteer) -> HTMLResponse:
    event = volunteer.event
    return page(
        request,
        "reminders.html",
        language_of_page(request, event.language, language_said(volunteer.columns)),
        event=event.name,
        is_ended=volunteer.reminders_ended_at is not None,
    )

"""The pages on which people read what is held about them, have it erased, or end reminders."""

import json
from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from api.dependencies import InstallationOf
from api.errors import PageRoute, unknown_link
from api.pages import language_of_page, page, shown_by_get
from shared.addresses import readable_address
from shared.certificates.issuing.submission import find_volunteer
from shared.errors import AddressKeptNoLonger, InvitationUnknown, explain
from shared.language import Language
from shared.mail.queue.opt_outs import end_reminders, find_by_key, opt_out_key
from shared.privacy import erasure
from shared.privacy.erasure import ErasureLinkOver
from shared.privacy.own_data import held_about, statement_of
from shared.rendering.languages import language_said
from shared.storage.models import Volunteer
from shared.storage.models.volunteer import ADDRESS_FORGOTTEN, ERASED, OPTED_OUT
from shared.storage.traits import holds

router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.get("/my-data")
def show(
    request: Request, installation: InstallationOf, token: str = "", asked: str = ""
) -> HTMLResponse:
    """Show all that is held about them, in words. Changes nothing."""
    with installation.database.reading() as session:
        person = find_volunteer(session, installation.seal, token)
        language, is_forgotten = _language(request, person), holds(ADDRESS_FORGOTTEN, person)
        return page(
            request,
            "my_data.html",
            language,
            token=token,
            asked=asked,
            held=held_about(session, person, language),
            told=statement_of(person.event, language),
            ended=holds(OPTED_OUT, person),
            reminders=opt_out_key(person.id, token),
            unmailed=explain(AddressKeptNoLonger(), language) if is_forgotten else "",
        )


@router.get("/my-data.json")
def download(request: Request, installation: InstallationOf, token: str = "") -> Response:
    """Return all that is held about them as a file."""
    with installation.database.reading() as session:
        person = find_volunteer(session, installation.seal, token)
        held = held_about(session, person, _language(request, person))
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    return _Readable(held, headers=headers)


@router.post("/my-data/erase")
def ask(
    request: Request, installation: InstallationOf, token: Annotated[str, Form()] = ""
) -> Response:
    """Mail the link that confirms the erasure."""
    try:
        with installation.database.reading() as session:
            find_volunteer(session, installation.seal, token)  # Wrong ones take no lock.
        with installation.database.writing() as session:
            person = find_volunteer(session, installation.seal, token, lock=True)
            asked = "now" if erasure.ask(session, person) else "before"
    except AddressKeptNoLonger:
        asked = ""  # The page says so.
    return shown_by_get(request, "../my-data", token=token, asked=asked)


@router.get("/erase")
def look(request: Request, installation: InstallationOf, key: str = "") -> Response:
    """Show a page with a button. Link scanners open it too, so it changes nothing."""
    try:
        with installation.database.reading() as session:
            person = erasure.find_by_key(session, installation.seal, key)
            return page(
                request,
                "erase.html",
                _language(request, person),
                event=person.event.name,
                address=readable_address(person.email),
                is_erased=holds(ERASED, person),
            )
    except InvitationUnknown:
        return unknown_link(request, "erase_over.html")
    except ErasureLinkOver:
        return page(request, "erase_over.html", status=404)


@router.post("/erase")
def confirm(request: Request, installation: InstallationOf, key: str = "") -> Response:
    """Erase them."""
    with suppress(InvitationUnknown, ErasureLinkOver):  # The page says so.
        erasure.confirm(installation.database, installation.seal, key)
    return look(request, installation, key)


class _Readable(JSONResponse):
    """JSON with indentation, since people open it too."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _language(request: Request, person: Volunteer) -> Language:
    return language_of_page(request, person.event.language, language_said(person.columns))


@router.get("/reminders/{key}")
def ask_about_reminders(key: str, request: Request, installation: InstallationOf) -> HTMLResponse:
    """Show a page with a button. Link scanners open it too, so it changes nothing."""
    with installation.database.reading() as session:
        volunteer = find_by_key(session, installation.seal, key)
        return page(
            request,
            "reminders.html",
            _language(request, volunteer),
            event=volunteer.event.name,
            is_ended=holds(OPTED_OUT, volunteer),
        )


@router.post("/reminders/{key}")
def end(key: str, request: Request, installation: InstallationOf) -> HTMLResponse:
    """End reminders, by a person or a mail program's one click (RFC 8058, 3.1).

    It works whatever the form contains, without cookies and redirects.
    """
    with installation.database.reading() as session:
        find_by_key(session, installation.seal, key)  # Wrong ones take no lock.
    with installation.database.writing() as session:
        end_reminders(session, installation.seal, key)
    return ask_about_reminders(key, request, installation)

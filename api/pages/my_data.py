"""What is held about a person, on a page of their own, and how to have it erased."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from api.dependencies import InstallationOf, wrong_tokens
from api.errors import TooManyWrongTokens
from api.pages.html import language_of_page, page
from api.pages.volunteer import unknown_link
from shared.addresses import readable_address
from shared.certificates.issuing.submission import find_volunteer
from shared.errors import AddressKeptNoLonger, InvitationUnknown, explain
from shared.language import Language
from shared.mail.queue.opt_outs import opt_out_key
from shared.privacy import own_request
from shared.privacy.held import held_about
from shared.privacy.own_request import ErasureLinkOver
from shared.privacy.statement import statement_of
from shared.rendering.languages import language_said
from shared.storage.models import Volunteer

router = APIRouter(include_in_schema=False)


@router.get("/my-data")
def show(
    request: Request, installation: InstallationOf, token: str = "", asked: str = ""
) -> HTMLResponse:
    """All of it, in words. Changes nothing."""
    try:
        with installation.database.reading() as session:
            person = find_volunteer(session, installation.seal, token)
            language = _language(request, person)
            return page(
                request,
                "my_data.html",
                language,
                root=".",
                token=token,
                asked=asked,
                held=held_about(session, person, language),
                told=statement_of(person.event, language),
                ended=person.reminders_ended_at is not None,
                reminders=opt_out_key(person.id, token),
                unmailed=explain(AddressKeptNoLonger(), language)
                if person.address_forgotten_at
                else "",
            )
    except InvitationUnknown:
        return unknown_link(request)


@router.get("/my-data.json")
def download(request: Request, installation: InstallationOf, token: str = "") -> Response:
    """All of it, as a file."""
    try:
        with installation.database.reading() as session:
            person = find_volunteer(session, installation.seal, token)
            held = held_about(session, person, _language(request, person))
    except InvitationUnknown:
        return unknown_link(request)
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    return _Readable(held, headers=headers)


@router.post("/my-data/erase")
def ask(
    request: Request, installation: InstallationOf, token: Annotated[str, Form()] = ""
) -> Response:
    """Have the link mailed that confirms the erasure."""
    try:
        with installation.database.reading() as session:
            find_volunteer(session, installation.seal, token)  # Wrong ones take no lock.
        with installation.database.writing() as session:
            person = find_volunteer(session, installation.seal, token, lock=True)
            asked = "now" if own_request.ask(session, person) else "before"
    except AddressKeptNoLonger:
        asked = ""  # The page says so.
    except InvitationUnknown:
        return unknown_link(request, root="..")
    # Shown by GET, so that reloading does not ask again; the query keeps token and language.
    query = request.url.include_query_params(token=token, asked=asked).query
    return RedirectResponse(f"../my-data?{query}", 303)


@router.get("/erase")
def look(request: Request, installation: InstallationOf, key: str = "") -> HTMLResponse:
    """A page with a button. Link scanners open it too, so it changes nothing."""
    try:
        with installation.database.reading() as session:
            person = own_request.find(session, installation.seal, key)
            return _confirmation(request, person, is_erased=person.erased_at is not None)
    except (InvitationUnknown, ErasureLinkOver) as problem:
        return _over(request, problem)


@router.post("/erase")
def confirm(request: Request, installation: InstallationOf, key: str = "") -> HTMLResponse:
    """Erase them."""
    try:
        own_request.confirm(installation.database, installation.seal, key)
        with installation.database.reading() as session:
            person = own_request.find(session, installation.seal, key)
            return _confirmation(request, person, is_erased=True)
    except (InvitationUnknown, ErasureLinkOver) as problem:
        return _over(request, problem)


class _Readable(JSONResponse):
    """People open it, too."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _confirmation(request: Request, person: Volunteer, *, is_erased: bool) -> HTMLResponse:
    return page(
        request,
        "erase.html",
        _language(request, person),
        root=".",
        event=person.event.name,
        address=readable_address(person.email),
        is_erased=is_erased,
    )


def _language(request: Request, person: Volunteer) -> Language:
    return language_of_page(request, person.event.language, language_said(person.columns))


def _over(request: Request, problem: Exception) -> HTMLResponse:
    if isinstance(problem, InvitationUnknown) and not wrong_tokens(request).may_go_on():
        raise TooManyWrongTokens()
    return page(request, "erase_over.html", language_of_page(request), 404, root=".")

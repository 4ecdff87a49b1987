"""The page behind the link in the mail. It works without JavaScript, and better with it."""

from base64 import b64encode
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from api.certificates import template_size
from api.dependencies import InstallationOf, wrong_tokens
from api.errors import TooManyWrongTokens
from api.html import language_of_page, page
from api.volunteer import preview_picture, store_name, user_info
from shared import certificates
from shared.errors import (
    AlreadyMailed,
    InvitationUnknown,
    NameProblem,
    NoDesign,
    ProductError,
    explain,
)
from shared.installation import Installation
from shared.models import Status, Volunteer

_PREVIEW_WIDTH = 1000

router = APIRouter(include_in_schema=False)


@router.get("/")
def landing(request: Request) -> HTMLResponse:
    return page(request, "landing.html", language_of_page(request), root=".")


@router.get("/certificate")
def certificate_page(
    request: Request, installation: InstallationOf, token: str = ""
) -> HTMLResponse:
    """Where this volunteer is: name asked for, on its way, mailed, or failed. Changes nothing."""
    try:
        return _volunteers_page(request, installation, token)
    except InvitationUnknown:
        return _unknown_link(request)


@router.post("/certificate")
def submit_form(
    request: Request,
    installation: InstallationOf,
    token: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    correct: Annotated[bool, Form()] = False,
    action: Annotated[str, Form()] = "submit",
) -> Response:
    """Take the name from the form, or draw it first; then show where the volunteer is."""
    try:
        if action == "preview":
            picture = preview_picture(installation, token, name, _PREVIEW_WIDTH)
            return _volunteers_page(request, installation, token, name=name, picture=picture)
        store_name(installation, token, name, correct=correct)
    except NameProblem as problem:
        return _volunteers_page(request, installation, token, 422, name=name, problem=problem)
    except InvitationUnknown:
        return _unknown_link(request)
    except (AlreadyMailed, NoDesign):
        # The page itself says so.
        pass
    # Seen by GET, so that reloading does not submit again; the query keeps token and language.
    query = request.url.include_query_params(token=token).query
    return RedirectResponse(f"certificate?{query}", 303)


def _volunteers_page(
    request: Request,
    installation: Installation,
    token: str,
    status: int = 200,
    *,
    name: str | None = None,
    problem: ProductError | None = None,
    picture: bytes = b"",
) -> HTMLResponse:
    with installation.database.reading() as session:
        volunteer = certificates.find_volunteer(session, installation.seal, token)
        event = volunteer.event
        language = language_of_page(request, "zh" if event.language == "zh" else "en")
        info = user_info(session, installation, volunteer, language)
        asked = name is not None
        return page(
            request,
            "certificate.html",
            language,
            status,
            root=".",
            token=token,
            kept_as=_kept_as(token),
            info=info,
            name=info.name if name is None else name,
            problem=explain(problem, language) if problem else "",
            picture=f"data:image/jpeg;base64,{b64encode(picture).decode()}" if picture else "",
            size=_picture_size(session, volunteer),
            state=_state(info.delivery, has_design=event.design_id is not None, asked=asked),
        )


def _kept_as(token: str) -> str:
    """What the browser keeps the typed name under: another for each link, and no token to steal."""
    return f"name-{sha256(token.encode()).hexdigest()[:16]}"


def _state(delivery: str, *, has_design: bool, asked: bool) -> str:
    """Which of its faces the page shows; `asked` is a form that comes back with a word to it."""
    if asked:
        return "form"
    if delivery:
        return delivery
    return "form" if has_design else "not_ready"


def _picture_size(session: Session, volunteer: Volunteer) -> tuple[int, int]:
    """Of the picture that the page shows, so that nothing moves when it arrives."""
    current = certificates.current_certificate(session, volunteer)
    issued = current and volunteer.status >= Status.SUBMITTED
    design = current.design if current and issued else volunteer.event.design
    return template_size(session, design.template_sha256) if design else (297, 210)


def _unknown_link(request: Request) -> HTMLResponse:
    if not wrong_tokens(request).may_go_on():
        raise TooManyWrongTokens()
    return page(request, "unknown_link.html", language_of_page(request), 404, root=".")

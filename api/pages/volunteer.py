"""The page behind the link in the mail. It works without JavaScript, and better with it."""

from base64 import b64encode
from functools import partial
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from api.calls.volunteer import preview_picture, store_name, user_info
from api.dependencies import InstallationOf, installation_of
from api.errors import PageRoute, unknown_link
from api.pages import hours_in_words, language_of_page, page, shown_by_get
from api.pages.linkedin import LinkedIn
from api.visiting import answered_in_time, patient_visit, visit
from shared.certificates.issuing import visits
from shared.certificates.issuing.findable import let_find
from shared.certificates.issuing.submission import find_volunteer
from shared.certificates.issuing.thanks import LONGEST_THANKS, say_back
from shared.certificates.issuing.visits import Delivery, Visit
from shared.dates import written_date
from shared.errors import (
    AlreadyMailed,
    CorrectionRefused,
    InvitationUnknown,
    NameDoubtful,
    NameProblem,
    NoDesign,
    ProductError,
    explain,
)
from shared.events.installation import Installation
from shared.events.links import verification_link
from shared.language import Language
from shared.rendering.names import new_name
from shared.settings import Settings
from shared.volunteers.lists.tidied_names import offered

_PREVIEW_WIDTH = 1000

router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.get("/")
async def landing(request: Request) -> HTMLResponse:
    return page(request, "landing.html")


async def certificate_page(request: Request) -> Response:
    """Show the volunteer's state, such as asked for a name or mailed. Changes nothing."""
    installation, token = installation_of(request), request.query_params.get("token", "")
    try:
        seen = await visit(request, token)
        if seen.has_public_columns:
            seen = await answered_in_time(partial(_with_columns, installation, token, seen))
    except InvitationUnknown:
        return unknown_link(request)
    return volunteers_page(request, installation, token, seen)


# A plain route: letting the framework read the one parameter took a seventh of the page's time.
router.add_route("/certificate", certificate_page, methods=["GET"])


@router.post("/certificate")
def submit_form(
    request: Request,
    installation: InstallationOf,
    token: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    correct: Annotated[bool, Form()] = False,
    action: Annotated[str, Form()] = "submit",
    asked: Annotated[str, Form()] = "",
    instead: Annotated[str, Form()] = "",
) -> Response:
    """Submit the form's name, or preview it or the one offered `instead`; then show the page."""
    if instead:
        name, action = instead, "preview"
    try:
        if action == "preview":
            picture = preview_picture(installation, token, name, _PREVIEW_WIDTH)
            return _form_again(request, installation, token, name=name, picture=picture)
        store_name(installation, token, name, correct=correct, asked=asked)
    except (NameProblem, CorrectionRefused) as problem:
        return _form_again(request, installation, token, 422, name=name, problem=problem)
    except AlreadyMailed as problem:
        if new_name(name) != patient_visit(installation, token).name:
            return _form_again(request, installation, token, 409, name=name, problem=problem)
    except NoDesign:
        # The page itself says so.
        pass
    return shown_by_get(request, "certificate", token=token)


def _form_again(
    request: Request, installation: Installation, token: str, status: int = 200, **shown: Any
) -> HTMLResponse:
    """Return the page with what was typed, and an error or a preview."""
    seen = patient_visit(installation, token)
    if seen.has_public_columns:
        seen = _with_columns(installation, token, seen)
    return volunteers_page(request, installation, token, seen, status, **shown)


def _with_columns(installation: Installation, token: str, seen: Visit) -> Visit:
    with installation.database.reading() as session:
        return visits.with_public_columns(session, installation.seal, token, seen)


@router.post("/thanks")
def thank_back(
    request: Request,
    installation: InstallationOf,
    token: Annotated[str, Form()] = "",
    thanks: Annotated[str, Form()] = "",
) -> Response:
    """Store what somebody says to the organizers, then show their page."""
    with installation.database.reading() as session:
        find_volunteer(session, installation.seal, token)  # Wrong tokens take no lock.
    with installation.database.writing() as session:
        say_back(session, installation.seal, token, thanks)
    return shown_by_get(request, "certificate", "#thanks", token=token)


@router.post("/findable")
def find(
    request: Request,
    installation: InstallationOf,
    token: Annotated[str, Form()] = "",
    find: Annotated[str, Form()] = "no",
) -> Response:
    """Let search engines find somebody's certificate or not, then show their page."""
    with installation.database.writing() as session:
        let_find(session, installation.seal, token, is_wished=find == "yes")
    return shown_by_get(request, "certificate", "#findable", token=token)


def volunteers_page(
    request: Request,
    installation: Installation,
    token: str,
    seen: Visit,
    status: int = 200,
    *,
    name: str | None = None,
    problem: ProductError | None = None,
    picture: bytes = b"",
) -> HTMLResponse:
    """Return the page of this visit. `name`, `problem` and `picture` are for a form shown again."""
    language = language_of_page(request, seen.language, seen.language_said)
    state = seen.delivery.value if seen.delivery else "form" if seen.has_design else "not_ready"
    is_asked_again = name is not None and not isinstance(problem, AlreadyMailed)
    if is_asked_again and seen.delivery is not Delivery.WITHDRAWN:
        state = "form"
    if seen.is_unqualified:
        state = "unqualified"
    return page(
        request,
        "certificate.html",
        language,
        status,
        seen=seen,
        token=token,
        # The browser keeps the typed name under this key: one for each link, but not its token.
        kept_as=f"name-{sha256(token.encode()).hexdigest()[:16]}",
        info=user_info(installation.settings, seen, language),
        name=seen.name if name is None else name,
        offered=offered(name) if name else "",
        problem=explain(problem, language) if problem else "",
        asked=name if isinstance(problem, NameDoubtful) else "",
        check_until=written_date(seen.check_until, language),
        hours=hours_in_words(seen.hours, language),
        thanks=seen.thanks,
        longest_thanks=LONGEST_THANKS,
        linkedin=_profile(installation.settings, seen, language),
        picture=f"data:image/jpeg;base64,{b64encode(picture).decode()}" if picture else "",
        state=state,
    )


def _profile(settings: Settings, seen: Visit, language: Language) -> LinkedIn | None:
    """Return the LinkedIn entry; None while nothing is issued."""
    if seen.issued_id is None or seen.issued_on is None:
        return None
    said = seen.issued_event, seen.issued_organization, seen.issued_on, seen.number
    return LinkedIn.of(language, *said, verification_link(settings, seen.issued_id))

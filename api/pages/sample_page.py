"""A volunteer's page with sample data, for the console; its forms store and mail nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import Response

from api import drawings
from api.calls.volunteer import Preview, with_offer
from api.dependencies import InstallationOf
from api.errors import unknown_link
from api.middleware import CONTENT_SECURITY_POLICY
from api.pages import shown_by_get
from api.pages.certificates import MEDIA_TYPES
from api.pages.volunteer import volunteers_page
from shared.certificates.issuing import samples
from shared.certificates.issuing.samples import SamplePage
from shared.errors import InvitationUnknown, NameProblem
from shared.events.installation import Installation
from shared.rendering.design import CompiledDesign, Format, render_certificate, render_preview
from shared.rendering.facts import Facts
from shared.rendering.placed import check

router = APIRouter(prefix="/sample", include_in_schema=False)


@router.get("/certificate")
def show(request: Request, installation: InstallationOf, token: str = "") -> Response:
    """Show the page before or after a name is submitted, as the token says."""
    return _page(request, installation, token)


@router.post("/certificate")
def submit(
    request: Request,
    installation: InstallationOf,
    token: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
) -> Response:
    """Pretend to store the name and mail the certificate; the next token holds the name."""
    try:
        page = samples.opened_page(installation.seal, token)
        with installation.database.reading() as session:
            look = samples.look_of_page(
                session, installation.settings, installation.seal, page, name
            )
        check(*look)
    except InvitationUnknown:
        return unknown_link(request)
    except NameProblem as problem:
        return _page(request, installation, token, 422, name=name, problem=problem)
    made = replace(page, name=look[1].name, is_submitted=True)
    return shown_by_get(request, "certificate", token=samples.page_token(installation.seal, made))


@router.post("/api/preview")
def preview(request: Request, body: Preview, installation: InstallationOf) -> Response:
    """Return the certificate with `name` as JPEG."""
    page, name = samples.opened_page(installation.seal, body.token), body.name or ""

    def picture() -> bytes:
        with _turn_with_look(installation, page, name) as look:
            return render_preview(*look, body.width)

    return with_offer(request, name, picture)


@router.get("/certificates/{token}.{format}")
def file(token: str, format: Format, installation: InstallationOf, width: int = 0) -> Response:
    """Return the sample's file with the submitted name; with a width in pixels, a smaller JPEG."""
    try:
        page = samples.opened_page(installation.seal, token)
    except InvitationUnknown:
        raise HTTPException(404) from None
    with _turn_with_look(installation, page, page.name) as look:
        is_small = format == "jpg" and 200 <= width <= 1600
        content = render_preview(*look, width) if is_small else render_certificate(*look, format)
    return Response(content, media_type=MEDIA_TYPES[format])


@contextmanager
def _turn_with_look(
    installation: Installation, page: SamplePage, name: str
) -> Iterator[tuple[CompiledDesign, Facts]]:
    """Hold a permit for drawing, and yield what is drawn."""
    with (
        installation.database.reading() as session,
        drawings.permit(page.event_id, f"sample {page.event_id}"),
    ):
        yield samples.look_of_page(session, installation.settings, installation.seal, page, name)


def _page(
    request: Request, installation: Installation, token: str, status: int = 200, **shown: Any
) -> Response:
    try:
        with installation.database.reading() as session:
            seen = samples.visit_of_page(session, installation.seal, token)
    except InvitationUnknown:
        return unknown_link(request)
    answer = volunteers_page(request, installation, token, seen, status, **shown)
    # The console shows it in a frame.
    ancestors = f"frame-ancestors {installation.settings.console_url}"
    policy = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", ancestors)
    answer.headers["Content-Security-Policy"] = policy
    return answer

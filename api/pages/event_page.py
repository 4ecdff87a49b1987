"""The public page of an event, and its people's agreement to be shown there."""

from typing import Annotated

from babel.numbers import format_decimal
from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.dependencies import InstallationOf
from api.errors import PageRoute
from api.pages import language_of_page, page
from shared.certificates.designs.designs import template_size
from shared.certificates.issuing import wall
from shared.certificates.issuing.sums import sums_of
from shared.errors import InvitationUnknown, ProductError
from shared.events.event_page import page_link, published

PAGE_SIZE = 24
# As the pictures of certificates: what somebody takes back is gone from caches as soon.
_CACHING = "public, max-age=300"

router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.get("/event/{page_id}")
def show(
    page_id: str,
    request: Request,
    installation: InstallationOf,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """How many helped and for how long, thanks, and the certificates whose owners agreed."""
    with installation.database.reading() as session:
        try:
            event = published(session, page_id)
        except InvitationUnknown:
            return page(request, "not_found.html", status=404, unknown=())
        language = language_of_page(request, event.language)
        pages = -(-wall.count(session, event) // PAGE_SIZE)
        number = max(1, min(number, pages))
        sums = sums_of(session, event)
        shown = wall.shown(session, event, number, PAGE_SIZE)
        # So that nothing moves when the pictures arrive.
        designs = {one.design.template_sha256 for one in shown}
        sizes = {sha256: template_size(session.connection(), sha256) for sha256 in designs}
        answer = page(
            request,
            "event.html",
            language,
            event=event,
            people=format_decimal(sums.people, locale=language) if sums.people else "",
            hours=format_decimal(sums.hours, locale=language) if sums.hours else "",
            thanks=[one for one in event.page_thanks.splitlines() if one.strip()],
            shown=[(one, *sizes[one.design.template_sha256]) for one in shown],
            address=page_link(installation.settings, event),
            number=number,
            pages=pages,
        )
    answer.headers["Cache-Control"] = _CACHING
    return answer


@router.post("/wall")
def agree(
    request: Request,
    installation: InstallationOf,
    token: Annotated[str, Form()] = "",
    show: Annotated[str, Form()] = "no",
) -> Response:
    """Show their certificate on the event's page, or do so no longer; then their own page."""
    try:
        with installation.database.writing() as session:
            wall.agree(session, installation.seal, token, is_shown=show == "yes")
    except InvitationUnknown:
        raise
    except ProductError:
        # The page was closed meanwhile: theirs does not offer it any more.
        pass
    query = request.url.include_query_params(token=token).query
    return RedirectResponse(f"certificate?{query}", 303)

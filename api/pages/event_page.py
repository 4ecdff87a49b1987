"""The public page of an event, and people's consent to be shown there."""

from typing import Annotated

from babel.numbers import format_decimal
from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy.orm import Session

from api import drawings
from api.dependencies import InstallationOf
from api.errors import PageRoute
from api.pages import language_of_page, page, shown_by_get, unlisted_file
from shared.certificates.designs.designs import template_size
from shared.certificates.issuing import drawing, wall
from shared.certificates.issuing.samples import sample_certificate
from shared.certificates.issuing.sums import sums_of
from shared.errors import InvitationUnknown, ProductError
from shared.events.event_page import page_link, poster, published
from shared.language import N_, Language, translate, translate_count
from shared.rendering.derivatives import LINK_CARD, Shape, shared_picture
from shared.storage.models import Event

PAGE_SIZE = 24
# As for pictures of certificates: consent taken back must reach caches as soon.
_CACHING = "public, max-age=300"

router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.get("/event/{page_id}")
def show(
    page_id: str,
    request: Request,
    installation: InstallationOf,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """Show how many helped and for how long, thanks, and certificates whose owners agreed."""
    with installation.database.reading() as session:
        try:
            event = published(session, page_id)
        except InvitationUnknown:
            return page(request, "not_found.html", status=404, unknown=())
        language = language_of_page(request, event.language)
        pages = -(-wall.count(session, event) // PAGE_SIZE)
        number = max(1, min(number, pages))
        sums = _sums(session, event, language)
        shown = wall.shown(session, event, number, PAGE_SIZE)
        # The page reserves their space, so that nothing moves when pictures arrive.
        designs = {certificate.design.template_sha256 for certificate in shown}
        sizes = {sha256: template_size(session.connection(), sha256) for sha256 in designs}
        answer = page(
            request,
            "event.html",
            language,
            event=event,
            sums=sums,
            counted=_counted(sums, language),
            thanks=[line for line in event.page_thanks.splitlines() if line.strip()],
            shown=[
                (certificate, *sizes[certificate.design.template_sha256]) for certificate in shown
            ],
            address=page_link(installation.settings, event),
            card_size=LINK_CARD,
            number=number,
            pages=pages,
        )
    answer.headers["Cache-Control"] = _CACHING
    return answer


def _sums(session: Session, event: Event, language: Language) -> list[tuple[str, str]]:
    """Return the number of volunteers and, if any are public, of hours, each with the word for
    what it counts; nothing before the first certificate."""
    sums = sums_of(session, event)
    counted = []
    if sums.people:
        word = translate_count("volunteer", "volunteers", sums.people, language)
        counted.append((format_decimal(sums.people, locale=language), word))
    if sums.hours:
        word = translate_count("hour", "hours", 1 if sums.hours == 1 else 2, language)
        counted.append((format_decimal(sums.hours, locale=language), word))
    return counted


def _counted(sums: list[tuple[str, str]], language: Language) -> str:
    if not sums:
        return translate(N_("Thank you to everybody who helped."), language)
    people, *hours = (" ".join(number_and_word) for number_and_word in sums)
    if not hours:
        return translate(N_("{people} helped."), language, people=people)
    return translate(N_("{people} helped, for {hours}."), language, people=people, hours=hours[0])


@router.get("/event/{page_id}/card.jpg")
def card(page_id: str, request: Request, installation: InstallationOf) -> Response:
    """The picture for links to the page (Open Graph): its certificate with nobody's name."""
    with installation.database.reading() as session:
        event = _found(session, page_id)
        if event.design is None:
            raise HTTPException(404)
        language = language_of_page(request, event.language)
        words = _counted(_sums(session, event, language), language)
        with drawings.permit(event.id, f"page of event {event.id}"):
            sample = sample_certificate(session, installation.seal, event)
            drawn = drawing.render_nameless(session, sample, LINK_CARD[0])
            content = shared_picture(drawn, Shape.WIDE, event.name, words)
    return unlisted_file(content, "image/jpeg", _CACHING)


@router.get("/event/{page_id}/poster.pdf")
def poster_of(page_id: str, request: Request, installation: InstallationOf) -> Response:
    """A poster whose QR code leads to the page."""
    with installation.database.reading() as session:
        event = _found(session, page_id)
        language = language_of_page(request, event.language)
        with drawings.permit(event.id, f"poster of event {event.id}"):
            content = poster(installation.settings, event, language, of_page=True)
    return unlisted_file(content, "application/pdf", _CACHING, "poster.pdf")


def _found(session: Session, page_id: str) -> Event:
    try:
        return published(session, page_id)
    except InvitationUnknown:
        raise HTTPException(404) from None


@router.post("/wall")
def agree(
    request: Request,
    installation: InstallationOf,
    token: Annotated[str, Form()] = "",
    show: Annotated[str, Form()] = "no",
) -> Response:
    """Show somebody's certificate on the event's page or remove it, then show their own page."""
    try:
        with installation.database.writing() as session:
            wall.agree(session, installation.seal, token, is_shown=show == "yes")
    except InvitationUnknown:
        raise
    except ProductError:
        # The event's page was closed since: their own page no longer offers it.
        pass
    return shown_by_get(request, "certificate", token=token)

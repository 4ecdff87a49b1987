"""The pages on which anybody who is shown a certificate verifies it: by its link, by its file, or
by a photo of its QR code."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import repeat
from zoneinfo import ZoneInfo

from fastapi import APIRouter, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import UploadFile

from api import drawings
from api.calls import described
from api.calls.credentials import (
    CREDENTIAL_TYPES,
    SHOWS_NOTHING,
    for_programs,
    wanted_type,
)
from api.dependencies import InstallationOf, is_within, site_at
from api.errors import TooMany
from api.fair_semaphore import FairSemaphore
from api.pages import hours_in_words, language_of_page, page
from api.pages.linkedin import LinkedIn
from shared import budgets, confined
from shared.certificates.credentials import stored
from shared.certificates.credentials.carried import Carried, FileReader
from shared.certificates.credentials.document import NAME_FROM, plain
from shared.certificates.credentials.issuers import is_assigned
from shared.certificates.credentials.publishing import Own
from shared.certificates.credentials.verifying import moment_of
from shared.certificates.designs.designs import template_size
from shared.certificates.issuing import drawing, samples
from shared.certificates.issuing.columns import hours_of, public_values
from shared.certificates.issuing.findable import is_findable
from shared.certificates.issuing.thanks import words_of
from shared.errors import CertificateNeverSent, InvitationUnknown, ReadersBusy
from shared.events.installation import Installation
from shared.events.links import verification_link
from shared.language import N_
from shared.rendering.derivatives import LINK_CARD, Shape, shared_picture, void
from shared.storage.models import Certificate, Owner
from shared.storage.models.certificate import State, state_of

_ARRIVING_SECONDS, _PATIENCE_SECONDS = 60.0, 10.0
_RATES = budgets.VERIFICATIONS, budgets.VERIFICATIONS_OF_SITE
_WIDTH = 1200
_PICTURE_HEADERS = {"Cache-Control": "public, max-age=300", "X-Robots-Tag": "noindex"}

# A page for people, otherwise what programs ask for.
_FORMS = ("text/html", "application/json", *CREDENTIAL_TYPES)

router = APIRouter(tags=["verification"])
# From which sites files arrive, and which of them has the one place where a file is read.
_arriving: list[str] = []
_turns = FairSemaphore[str](
    budgets.VERIFIED.most,
    budgets.VERIFICATIONS_WAITING.most,
    budgets.VERIFICATIONS_WAITING_OF_SITE.most,
    # What one file may take, so that a quick photo is read next.
    credit=budgets.VERIFYING[0].most,
)


@router.get("/verify", include_in_schema=False)
async def ask(request: Request) -> HTMLResponse:
    return page(request, "verify_file.html", verdict=None)


@router.get("/verify/file", include_in_schema=False)
async def again(request: Request) -> Response:
    """Whoever changes the language of an answer, or loads it again: nothing was kept."""
    return RedirectResponse(f"../verify?lang={language_of_page(request)}", 303)


@router.post("/verify/file", include_in_schema=False)
async def verify_file(request: Request, installation: InstallationOf) -> Response:
    """Who signed the file's credential, and whether it counts; or the page to which a QR code of
    ours leads. Raises TooMany and ReadersBusy before the file is read."""
    if not all(map(is_within, _RATES, repeat(request))):
        raise TooMany(
            N_("Many files were verified from your network. Wait a minute and try again.")
        )
    site = site_at(request)
    if (
        len(_arriving) >= budgets.ARRIVING.most
        or _arriving.count(site) >= budgets.ARRIVING_OF_SITE.most
    ):
        raise ReadersBusy()
    _arriving.append(site)
    try:
        async with asyncio.timeout(_ARRIVING_SECONDS):
            form = await request.form(max_files=1)
    except TimeoutError:
        raise HTTPException(408) from None
    finally:
        _arriving.remove(site)
    try:
        async with _turn(site):
            upload = form.get("file")
            content = await upload.read() if isinstance(upload, UploadFile) else b""
            carried = await run_in_threadpool(_carried_by, content)
    finally:
        await form.close()
    return await run_in_threadpool(_answer, request, installation, carried)


@asynccontextmanager
async def _turn(site: str) -> AsyncIterator[None]:
    """Waits as long as nobody's browser gives up, with no thread. Raises ReadersBusy."""
    place, began = _turns.line_up(site), time.monotonic()
    try:
        await asyncio.wait({asyncio.wrap_future(place)}, timeout=_PATIENCE_SECONDS)
        if not _turns.step_out(site, place):
            raise ReadersBusy()
        began = time.monotonic()
        yield
    finally:
        if _turns.step_out(site, place):
            _turns.release(site, time.monotonic() - began)


def _carried_by(content: bytes) -> Carried:
    with confined.place(), FileReader() as reader:
        return reader.carried_by(content)


def _answer(request: Request, installation: Installation, carried: Carried) -> Response:
    language = language_of_page(request)
    ours = verification_link(installation.settings, "")
    for code in carried.codes:
        public_id = code.removeprefix(ours)
        if code.startswith(ours) and drawing.PUBLIC_ID.fullmatch(public_id):
            return RedirectResponse(f"{public_id}?lang={language}", 303)
    own = Own(installation)
    verdict = carried.judged(own.key, own.list, datetime.now(UTC), own.withdrawn)
    with installation.database.reading() as session:
        # The certificate that a signed credential is of, if it may be shown.
        certificate: Certificate | None = None
        public_id = str(verdict.facts.get("address", "")).rpartition("/")[2]
        with suppress(InvitationUnknown):
            certificate = drawing.find_issued(session, public_id)
        if certificate and state_of(certificate) in SHOWS_NOTHING:
            certificate = None
        is_known = bool(certificate or drawing.find_gone(session, public_id))
        size = certificate and template_size(
            session.connection(), certificate.design.template_sha256
        )
        return page(
            request,
            "verify_file.html",
            language,
            verdict=verdict,
            plain=plain,
            issued=moment_of(str(verdict.facts.get("issued"))),
            is_assigned=is_assigned,
            certificate=certificate,
            public_id=public_id if is_known else "",
            size=size,
        )


# What is known about a certificate, and its images


@router.get(
    "/verify/{public_id}.json",
    response_class=Response,
    responses=described(200, "application/vc") | described(404, *_FORMS) | described(410, *_FORMS),
)
def credential_file(public_id: str, installation: InstallationOf) -> Response:
    """The signed credential as a file, for people."""
    answer = for_programs(installation, public_id, "application/vc")
    name = f"certificate-{public_id}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@router.get(
    "/verify/{public_id}",
    response_class=HTMLResponse,
    responses=described(200, *_FORMS) | described(404, *_FORMS) | described(410, *_FORMS),
)
def verify(public_id: str, request: Request, installation: InstallationOf) -> Response:
    """What was issued, to whom and by whom, and whether it is still valid: a page, or for programs
    the signed credential."""
    kind = wanted_type(request.headers.get("accept", ""))
    if kind == "text/html":
        answer: Response = _verdict_page(public_id, request, installation)
    else:
        answer = for_programs(installation, public_id, kind)
    answer.headers.append("Vary", "Accept")
    return answer


def _verdict_page(public_id: str, request: Request, installation: Installation) -> HTMLResponse:
    with installation.database.reading() as session:
        try:
            certificate = samples.find_shown(session, installation.seal, public_id)
        except InvitationUnknown:
            return _page_of_gone(session, public_id, request)
        except CertificateNeverSent:
            return page(request, "never_sent.html", status=410)
        event = certificate.event
        zone = ZoneInfo(event.time_zone)
        if certificate.is_erased:
            # All that is still known: that there was a certificate.
            return page(
                request,
                "erased.html",
                language_of_page(request, certificate.event.language),
                event=certificate.event_name,
                day_of_it=_day(certificate.withdrawn_at, zone),
            )
        language = language_of_page(request, event.language)
        address = verification_link(installation.settings, public_id)
        signed = stored.told(session, installation.settings, certificate)
        said = certificate.event_name, certificate.organization, certificate.date
        shown = page(
            request,
            "verify.html",
            language,
            certificate=certificate,
            public=() if certificate.is_corrected else public_values(certificate, language),
            event=event,
            replaced_on=_day(certificate.replaced_at, zone),
            withdrawn_on=_day(certificate.withdrawn_at, zone),
            checked_at=datetime.now(UTC).astimezone(zone),
            address=address,
            card_size=LINK_CARD,
            hours=hours_in_words(hours_of(certificate), language),
            words=words_of(installation.settings, certificate),
            is_findable=is_findable(certificate),
            linkedin=LinkedIn.of(language, *said, certificate.number, address),
            signed=signed,
            is_assigned=is_assigned,
            name_from=NAME_FROM[certificate.name_from] if certificate.name_from else "",
            size=template_size(session.connection(), certificate.design.template_sha256),
        )
        if signed:
            # Web Linking (RFC 8288).
            shown.headers["Link"] = f'<{address}.json>; rel="alternate"; type="application/vc"'
        return shown


def _page_of_gone(session: Session, public_id: str, request: Request) -> HTMLResponse:
    """What is still known of a certificate that is gone: never that there was none."""
    gone = drawing.find_gone(session, public_id)
    if gone is None:
        times = session.get_one(Owner, 1).unknown_times or []
        unknown = [[datetime.fromisoformat(moment) for moment in one] for one in times]
        return page(request, "not_found.html", status=404, unknown=unknown)
    if gone.state == State.NEVER_SENT:
        return page(request, "never_sent.html", status=410)
    return page(request, "gone.html", gone=gone)


def _day(at: datetime | None, zone: ZoneInfo) -> date | None:
    return at and at.astimezone(zone).date()


class Picture(StrEnum):
    """What is shown of a certificate elsewhere, and one that is no longer valid, drawn so that
    nobody takes it for a valid one."""

    SQUARE = Shape.SQUARE
    UPRIGHT = Shape.UPRIGHT
    # Shown beside a link to the page (Open Graph).
    CARD = Shape.WIDE
    VOID = "void"


@router.get("/verify/{public_id}/{picture}.jpg", include_in_schema=False)
def shown_elsewhere(public_id: str, picture: Picture, installation: InstallationOf) -> Response:
    """One of the pictures of a certificate."""
    with installation.database.reading() as session:
        try:
            certificate = samples.find_shown(session, installation.seal, public_id)
        except InvitationUnknown:
            is_gone = drawing.find_gone(session, public_id) is not None
            raise HTTPException(410 if is_gone else 404) from None
        if certificate.is_erased:
            raise HTTPException(410)
        with drawings.permit(certificate.event_id, f"certificate {certificate.public_id[:24]}"):
            if picture is Picture.VOID and not certificate.is_void:
                raise HTTPException(404)
            if certificate.is_corrected:
                drawn = drawing.render_nameless(session, certificate, _WIDTH)
            else:
                drawn = drawing.render(session, installation.settings, certificate, _WIDTH)
            content = void(drawn) if certificate.is_void else drawn
            if picture is not Picture.VOID:
                # What counts no more is told by its crossed out picture alone.
                said = "" if certificate.is_void else certificate.name
                shape = Shape(picture)
                content = shared_picture(content, shape, said, certificate.event_name)
    return Response(content, headers=_PICTURE_HEADERS, media_type="image/jpeg")

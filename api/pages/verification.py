"""The page that tells anybody who is shown a certificate what is known about it, and its images."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from api import drawings
from api.calls.credentials import for_programs, wanted_type
from api.dependencies import InstallationOf
from api.pages.html import language_of_page, page
from shared.certificates.credentials import stored
from shared.certificates.designs.artwork import template_size
from shared.certificates.issuing import drawing, samples
from shared.certificates.issuing.columns import public_values
from shared.errors import CertificateNeverSent, InvitationUnknown
from shared.events.installation import Installation
from shared.events.links import verification_link
from shared.rendering.raster.public_images import LINK_CARD, link_card, void

_WIDTH = 1200
_PICTURE_HEADERS = {"Cache-Control": "public, max-age=300", "X-Robots-Tag": "noindex"}

router = APIRouter(include_in_schema=False)


@router.get("/verify/{public_id}.json")
def credential_file(public_id: str, installation: InstallationOf) -> Response:
    """The signed credential as a file, for people."""
    with installation.database.reading() as session:
        try:
            certificate = drawing.find_issued(session, public_id)
        except InvitationUnknown:
            raise HTTPException(404) from None
        answer = for_programs(installation, certificate, "application/vc")
    name = f"certificate-{certificate.public_id}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@router.get("/verify/{public_id}", response_class=HTMLResponse)
def verify(public_id: str, request: Request, installation: InstallationOf) -> Response:
    """What was issued, to whom and by whom, and whether it is still valid: a page, or for programs
    the signed credential."""
    kind = wanted_type(request.headers.get("accept", ""))
    if kind == "text/html":
        answer: Response = _page(public_id, request, installation)
    else:
        with installation.database.reading() as session:
            try:
                certificate = drawing.find_issued(session, public_id)
            except InvitationUnknown:
                certificate = None
            answer = for_programs(installation, certificate, kind)
    answer.headers.append("Vary", "Accept")
    return answer


def _page(public_id: str, request: Request, installation: Installation) -> HTMLResponse:
    with installation.database.reading() as session:
        try:
            certificate = samples.find_shown(session, installation.seal, public_id)
        except InvitationUnknown:
            return page(request, "not_found.html", status=404)
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
                organization=certificate.organization,
                day_of_it=_day(certificate.withdrawn_at, zone),
            )
        language = language_of_page(request, event.language)
        return page(
            request,
            "verify.html",
            language,
            certificate=certificate,
            public=public_values(certificate, language),
            event=event,
            replaced_on=_day(certificate.replaced_at, zone),
            withdrawn_on=_day(certificate.withdrawn_at, zone),
            checked_at=datetime.now(UTC).astimezone(zone),
            address=verification_link(installation.settings, public_id),
            card_size=LINK_CARD,
            has_credential=stored.may_be_had(session, installation.settings, certificate),
            size=template_size(session.connection(), certificate.design.template_sha256),
        )


def _day(at: datetime | None, zone: ZoneInfo) -> date | None:
    return at and at.astimezone(zone).date()


@router.get("/verify/{public_id}/card.jpg")
def card(public_id: str, installation: InstallationOf) -> Response:
    """The image shown beside a link to the page (Open Graph)."""
    return _picture(installation, public_id, is_card=True)


@router.get("/verify/{public_id}/void.jpg")
def crossed_out(public_id: str, installation: InstallationOf) -> Response:
    """A certificate that is no longer valid, drawn so that nobody takes it for a valid one."""
    return _picture(installation, public_id, is_card=False)


def _picture(installation: Installation, public_id: str, *, is_card: bool) -> Response:
    with installation.database.reading() as session:
        try:
            certificate = samples.find_shown(session, installation.seal, public_id)
        except InvitationUnknown:
            raise HTTPException(404) from None
        if certificate.is_erased:
            raise HTTPException(410)
        with drawings.permit(certificate.event_id, f"certificate {certificate.public_id[:24]}"):
            if not (is_card or certificate.is_void):
                raise HTTPException(404)
            picture = drawing.render(session, installation.settings, certificate, _WIDTH)
            picture = void(picture) if certificate.is_void else picture
            content = link_card(picture) if is_card else picture
    return Response(content, headers=_PICTURE_HEADERS, media_type="image/jpeg")

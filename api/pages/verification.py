"""The pages on which anybody verifies a certificate by its link."""

from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from fastapi import HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy.orm import Session

from api import drawings
from api.calls import described
from api.calls.verification import FORMS, for_programs, router, wanted_type
from api.dependencies import InstallationOf
from api.pages import hours_in_words, language_of_page, page, unlisted_file
from api.pages.linkedin import LinkedIn
from shared.certificates.designs.designs import template_size
from shared.certificates.issuing import drawing, samples
from shared.certificates.issuing.columns import hours_of, public_values
from shared.certificates.issuing.findable import is_findable
from shared.certificates.issuing.thanks import Thanks
from shared.errors import CertificateNeverSent, InvitationUnknown
from shared.events.installation import Installation
from shared.events.links import verification_link
from shared.rendering.derivatives import LINK_CARD, Shape, shared_picture, void
from shared.storage import hooks
from shared.storage.models import Owner
from shared.storage.models.certificate import State
from shared.storage.states import NAME_FROM

__all__ = ["router"]

_WIDTH = 1200


@router.get(
    "/verify/{public_id}",
    response_class=HTMLResponse,
    responses=described(200, *FORMS) | described(404, *FORMS) | described(410, *FORMS),
)
def verify(public_id: str, request: Request, installation: InstallationOf) -> Response:
    """Say what was issued, to whom and by whom, and whether it is still valid: as a page, or for
    programs as the signed credential."""
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
            # All that is still known is that there was a certificate.
            return page(
                request,
                "erased.html",
                language_of_page(request, certificate.event.language),
                event=certificate.event_name,
                day_of_it=_day(certificate.withdrawn_at, zone),
            )
        language = language_of_page(request, event.language)
        address = verification_link(installation.settings, public_id)
        signed = hooks.features().shown_on_page(session, installation.settings, certificate)
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
            thanks=Thanks.with_certificate(installation.settings, certificate),
            is_findable=is_findable(certificate),
            linkedin=LinkedIn.of(language, *said, certificate.number, address),
            signed=signed,
            name_from=NAME_FROM[certificate.name_from] if certificate.name_from else "",
            size=template_size(session.connection(), certificate.design.template_sha256),
        )
        if signed:
            # Web Linking (RFC 8288).
            shown.headers["Link"] = f'<{address}.json>; rel="alternate"; type="application/vc"'
        return shown


def _page_of_gone(session: Session, public_id: str, request: Request) -> HTMLResponse:
    """Show what is still known of an id without a certificate: never that there was none."""
    gone = drawing.find_gone(session, public_id)
    if gone is None:
        times = session.get_one(Owner, 1).unknown_times or []
        unknown = [[datetime.fromisoformat(moment) for moment in period] for period in times]
        return page(request, "not_found.html", status=404, unknown=unknown)
    if gone.state == State.NEVER_SENT:
        return page(request, "never_sent.html", status=410)
    return page(request, "gone.html", gone=gone)


def _day(at: datetime | None, zone: ZoneInfo) -> date | None:
    return at and at.astimezone(zone).date()


class SharedPicture(StrEnum):
    """The pictures of a certificate for other places; VOID is crossed out, for one that is void."""

    SQUARE = Shape.SQUARE
    UPRIGHT = Shape.UPRIGHT
    # Shown beside a link to the page (Open Graph).
    CARD = Shape.WIDE
    VOID = "void"


@router.get("/verify/{public_id}/{picture}.jpg", include_in_schema=False)
def shown_elsewhere(
    public_id: str, picture: SharedPicture, installation: InstallationOf
) -> Response:
    """A picture of the certificate for another place."""
    with installation.database.reading() as session:
        try:
            certificate = samples.find_shown(session, installation.seal, public_id)
        except InvitationUnknown:
            is_gone = drawing.find_gone(session, public_id) is not None
            raise HTTPException(410 if is_gone else 404) from None
        if certificate.is_erased:
            raise HTTPException(410)
        with drawings.permit(certificate.event_id, f"certificate {certificate.public_id[:24]}"):
            if picture is SharedPicture.VOID and not certificate.is_void:
                raise HTTPException(404)
            if certificate.is_corrected:
                drawn = drawing.render_nameless(session, certificate, _WIDTH)
            else:
                drawn = drawing.render(session, installation.settings, certificate, _WIDTH)
            content = void(drawn) if certificate.is_void else drawn
            if picture is not SharedPicture.VOID:
                # A void one is shown by its crossed out picture alone.
                said = "" if certificate.is_void else certificate.name
                shape = Shape(picture)
                content = shared_picture(content, shape, said, certificate.event_name)
    return unlisted_file(content, "image/jpeg", "public, max-age=300")

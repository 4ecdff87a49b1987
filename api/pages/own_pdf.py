"""The PDF of a certificate for its owner only: it may show in full what others see masked."""

from fastapi import APIRouter, Request, Response

from api import drawings
from api.dependencies import InstallationOf
from api.pages.volunteer import unknown_link
from shared.certificates.issuing import drawing, pipeline, submission
from shared.certificates.issuing.drawing import render_in_full
from shared.errors import InvitationUnknown

# Cached nowhere, and with no name in its file name.
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Disposition": 'attachment; filename="certificate.pdf"',
    "X-Robots-Tag": "noindex",
}

router = APIRouter(include_in_schema=False)


@router.get("/my-certificate.pdf")
def own_pdf(request: Request, installation: InstallationOf, token: str = "") -> Response:
    """The owner's PDF behind the personal link, drawn anew."""
    with installation.database.reading() as session:
        try:
            person = submission.find_volunteer(session, installation.seal, token)
        except InvitationUnknown:
            return unknown_link(request)
        certificate = pipeline.current_certificate(session, person)
        if certificate is None or certificate.is_void:
            return unknown_link(request)
        facts = drawing.facts_of(installation.settings, certificate)
        with drawings.turn(person.event_id, f"certificate {certificate.public_id[:24]}"):
            content = render_in_full(session, installation.seal, certificate, facts)
    return Response(content, headers=_HEADERS, media_type="application/pdf")

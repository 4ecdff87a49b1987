"""What anybody with a certificate's public id sees: its file, and the page that verifies it."""

import hashlib
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from api import drawings
from api.dependencies import InstallationOf
from api.envelope import REFUSALS
from api.html import language_of_page, page
from shared import certificates, designs, samples
from shared.errors import InvitationUnknown
from shared.installation import Installation
from shared.models import Certificate
from shared.rendering.design import Format, render_preview

MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}
_BINARY = {"schema": {"type": "string", "format": "binary"}}

router = APIRouter(tags=["certificates"])


@router.get(
    "/certificates/{public_id}.{format}",
    response_class=Response,
    responses={
        200: {"content": {kind: _BINARY for kind in MEDIA_TYPES.values()}},
        304: {"description": "Unchanged since the ETag in If-None-Match"},
        404: REFUSALS[422] | {"description": "No such certificate"},
        422: REFUSALS[422],
        503: REFUSALS[503],
    },
)
def certificate_file(
    public_id: str,
    format: Format,
    request: Request,
    installation: InstallationOf,
    width: Annotated[int | None, Query(ge=200, le=1600, description="Smaller, as JPEG")] = None,
) -> Response:
    """The certificate, drawn anew: the same bytes every time."""
    with installation.database.reading() as session:
        try:
            certificate = samples.find_shown(session, installation.seal, public_id)
        except InvitationUnknown:
            raise HTTPException(404) from None
        headers = _headers(installation, certificate, format, width)
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        with drawings.turn():
            content = _drawn(session, installation, certificate, format, width)
    return Response(content, headers=headers, media_type=MEDIA_TYPES[format])


@router.get("/verify/{public_id}", response_class=HTMLResponse, include_in_schema=False)
def verify(public_id: str, request: Request, installation: InstallationOf) -> HTMLResponse:
    """A page that shows what was issued, to whom and by whom, and whether it was replaced."""
    with installation.database.reading() as session:
        try:
            certificate = samples.find_shown(session, installation.seal, public_id)
        except InvitationUnknown:
            return page(request, "not_found.html", language_of_page(request), 404, root="..")
        event = certificate.event
        language = language_of_page(request, "zh" if event.language == "zh" else "en")
        return page(
            request,
            "verify.html",
            language,
            root="..",
            certificate=certificate,
            event=event,
            size=designs.template_size(session.connection(), certificate.design.template_sha256),
        )


def _headers(
    installation: Installation, certificate: Certificate, format: Format, width: int | None
) -> dict[str, str]:
    """The ETag names everything that the picture is a function of, so that 304 draws nothing."""
    facts = certificates.facts_of(installation.settings, certificate)
    source = repr((designs.fingerprint(certificate.design), facts, format, width))
    digest = hashlib.sha256(source.encode()).hexdigest()[:32]
    name = quote(f"certificate-{certificate.number}.{format}", safe="")
    return {
        "ETag": f'"{digest}"',
        "Cache-Control": "private, max-age=300",
        "Content-Disposition": f"inline; filename*=UTF-8''{name}",
        "X-Robots-Tag": "noindex",
    }


def _drawn(
    session: Session,
    installation: Installation,
    certificate: Certificate,
    format: Format,
    width: int | None,
) -> bytes:
    if width is None or format != "jpg":
        return certificates.render(session, installation.settings, certificate, format)
    facts = certificates.facts_of(installation.settings, certificate)
    return render_preview(designs.compiled(session, certificate.design), facts, width)

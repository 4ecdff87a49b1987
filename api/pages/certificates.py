"""The file of a certificate, for anybody with its public id."""

import hashlib
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query, Request, Response
from sqlalchemy.orm import Session

from api import drawings
from api.dependencies import InstallationOf
from api.envelope import REFUSALS
from api.errors import is_for_a_person
from api.pages.html import language_of_page, page
from shared.certificates.designs import designs
from shared.certificates.issuing import drawing, samples
from shared.errors import InvitationUnknown
from shared.events.installation import Installation
from shared.rendering.design import Format
from shared.storage.models import Certificate

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
        410: REFUSALS[422] | {"description": "It was replaced or withdrawn"},
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
        if certificate.is_void:
            if is_for_a_person(request):
                return _void(request, certificate)
            raise HTTPException(410)
        # The ETag covers everything that the image depends on, so that 304 needs no drawing.
        facts = drawing.facts_of(installation.settings, certificate)
        source = repr((designs.fingerprint(certificate.design), facts, format, width))
        digest = hashlib.sha256(source.encode()).hexdigest()[:32]
        name = quote(f"certificate-{certificate.number}.{format}", safe="")
        headers = {
            "ETag": f'"{digest}"',
            "Cache-Control": "private, max-age=300",
            "Content-Disposition": f"inline; filename*=UTF-8''{name}",
            "X-Robots-Tag": "noindex",
        }
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        with drawings.turn(certificate.event_id, f"certificate {certificate.public_id[:24]}"):
            content = _drawn(session, installation, certificate, format, width)
    return Response(content, headers=headers, media_type=MEDIA_TYPES[format])


def _void(request: Request, certificate: Certificate) -> Response:
    """Where people read what became of the certificate, and how its owner gets their own page."""
    return page(
        request,
        "void_file.html",
        language_of_page(request, certificate.event.language),
        410,
        root="..",
        public_id=certificate.public_id,
        is_erased=certificate.is_erased,
    )


def _drawn(
    session: Session,
    installation: Installation,
    certificate: Certificate,
    format: Format,
    width: int | None,
) -> bytes:
    if width is None or format != "jpg":
        return drawing.render(session, installation.settings, certificate, format)
    return drawing.render(session, installation.settings, certificate, width)

"""The files of a certificate: for anybody with its public id, and for its owner."""

import hashlib
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query, Request, Response

from api import drawings
from api.calls import REFUSALS
from api.dependencies import InstallationOf
from api.errors import PageRoute, is_for_a_person
from api.pages import language_of_page, page, unlisted_file
from shared.certificates.designs import designs
from shared.certificates.issuing import drawing, samples, submission
from shared.certificates.issuing.current import current_certificate
from shared.errors import CertificateNeverSent, InvitationUnknown
from shared.events.installation import Installation
from shared.rendering.design import Format
from shared.storage import hooks
from shared.storage.models import Certificate

MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}
_BINARY = {"schema": {"type": "string", "format": "binary"}}

router = APIRouter(tags=["certificates"], route_class=PageRoute)


@router.get(
    "/certificates/{public_id}.{format}",
    response_class=Response,
    responses={
        200: {"content": {kind: _BINARY for kind in MEDIA_TYPES.values()}},
        304: {"description": "Unchanged since the ETag in If-None-Match"},
        404: REFUSALS[422] | {"description": "No such certificate"},
        410: REFUSALS[422] | {"description": "It was replaced, withdrawn, or never sent"},
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
    credential: Annotated[
        bool, Query(description="PNG with its signed credential; a PDF always has it")
    ] = False,
) -> Response:
    """The certificate, drawn again with the same bytes until its credential is replaced."""
    return _file(request, installation, public_id, format, width, credential=credential)


@router.get("/certificates/{public_id}/picture", include_in_schema=False)
def picture(public_id: str, request: Request, installation: InstallationOf) -> Response:
    """The picture to keep: PNG or JPEG, whichever is smaller, as large as it is printed."""
    return _file(request, installation, public_id, "picture")


def _file(
    request: Request,
    installation: Installation,
    public_id: str,
    format: Format | Literal["picture"],
    width: int | None = None,
    *,
    credential: bool = False,
) -> Response:
    with installation.database.reading() as session:
        try:
            certificate = samples.find_shown(session, installation.seal, public_id)
        except InvitationUnknown:
            gone = drawing.find_gone(session, public_id)
            if gone is None or not is_for_a_person(request):
                raise HTTPException(410 if gone else 404) from None
            return page(request, "gone.html", status=410, gone=gone)
        except CertificateNeverSent:
            if not is_for_a_person(request):
                raise
            return page(request, "never_sent.html", status=410)
        if certificate.is_void:
            if not is_for_a_person(request):
                raise HTTPException(410)
            # The page links to its verification, and says how its owner gets a new link.
            return page(
                request,
                "void_file.html",
                language_of_page(request, certificate.event.language),
                410,
                public_id=certificate.public_id,
                is_erased=certificate.is_erased,
            )
        # A sample has neither a credential nor an id.
        carries = format in ("pdf", "picture") or (format == "png" and credential)
        carried = _carried(installation, certificate) if carries and certificate.id else None
        # The ETag covers everything that the file depends on, so that 304 needs no drawing.
        facts = drawing.facts_of(installation.settings, certificate, carried)
        source = repr((designs.fingerprint(certificate.design), facts, format, width))
        digest = hashlib.sha256(source.encode()).hexdigest()[:32]
        headers = {
            "ETag": f'"{digest}"',
            "Cache-Control": "private, max-age=300",
            "X-Robots-Tag": "noindex",
        }
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        drawn = session, installation.settings, certificate
        with drawings.permit(certificate.event_id, f"certificate {certificate.public_id[:24]}"):
            if format == "picture":
                content, format = drawing.render_smaller(*drawn, carried)
            else:
                wanted = width if width is not None and format == "jpg" else format
                content = drawing.render(*drawn, wanted, carried)
    name = quote(f"certificate-{certificate.number}.{format}", safe="")
    headers["Content-Disposition"] = f"inline; filename*=UTF-8''{name}"
    return Response(content, headers=headers, media_type=MEDIA_TYPES[format])


def _carried(installation: Installation, certificate: Certificate) -> bytes | None:
    return hooks.features().carried_in_file(installation, [certificate.id]).get(certificate.id)


@router.get("/my-certificate.pdf", include_in_schema=False)
def own_pdf(request: Request, installation: InstallationOf, token: str = "") -> Response:
    """The PDF for the certificate's owner, behind the personal link: it may show in full what
    others see masked. It is not cached, and its file name has no name."""
    with installation.database.reading() as session:
        person = submission.find_volunteer(session, installation.seal, token)
        certificate = current_certificate(session, person)
        if certificate is None or certificate.is_void:
            raise InvitationUnknown()
        carried = _carried(installation, certificate)
        facts = drawing.facts_of(installation.settings, certificate, carried)
        with drawings.permit(person.event_id, f"certificate {certificate.public_id[:24]}"):
            content = drawing.render_in_full(session, installation.seal, certificate, facts)
    return unlisted_file(content, MEDIA_TYPES["pdf"], "no-store", "certificate.pdf")

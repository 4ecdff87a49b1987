"""The page on which anybody verifies a file, or a photo of a certificate's QR code."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

from fastapi import APIRouter, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from limits import RateLimitItemPerMinute
from starlette.datastructures import UploadFile

from api.calls.credentials import SHOWS_NOTHING
from api.dependencies import InstallationOf, is_within
from api.errors import TooMany
from api.pages.html import language_of_page, page
from shared import confined
from shared.certificates.credentials import stored
from shared.certificates.credentials.carried import FileReader
from shared.certificates.credentials.document import plain
from shared.certificates.credentials.publishing import Own
from shared.certificates.designs.artwork import template_size
from shared.certificates.issuing.drawing import PUBLIC_ID, find_issued
from shared.errors import InvitationUnknown, ReadersBusy
from shared.events.installation import Installation
from shared.events.links import verification_link
from shared.language import N_
from shared.storage.models import Certificate

FILES_PER_MINUTE = 20
_RATE = RateLimitItemPerMinute(FILES_PER_MINUTE, namespace="verified files")
# A file takes room on the disk while it arrives.
_MOST_ARRIVING, _ARRIVING_SECONDS = 8, 60.0

router = APIRouter(include_in_schema=False)
_arriving: set[Request] = set()


@router.get("/verify")
async def ask(request: Request) -> HTMLResponse:
    return page(request, "verify_file.html", verdict=None)


@router.get("/verify/file")
async def again(request: Request) -> Response:
    """Whoever changes the language of an answer, or loads it again: nothing was kept."""
    return RedirectResponse(f"../verify?lang={language_of_page(request)}", 303)


@router.post("/verify/file")
async def verify_file(request: Request, installation: InstallationOf) -> Response:
    """Who signed the file's credential, and whether it counts; or the page to which a QR code of
    ours leads. Raises TooMany and ReadersBusy before the file is read."""
    if not is_within(_RATE, request):
        raise TooMany(
            N_("Many files were verified from your network. Wait a minute and try again.")
        )
    if len(_arriving) >= _MOST_ARRIVING:
        raise ReadersBusy()
    _arriving.add(request)
    try:
        async with asyncio.timeout(_ARRIVING_SECONDS), request.form(max_files=1) as form:
            upload = form.get("file")
            content = await upload.read() if isinstance(upload, UploadFile) else b""
    except TimeoutError:
        raise HTTPException(408) from None
    finally:
        _arriving.discard(request)
    return await run_in_threadpool(_answer, request, installation, content)


def _answer(request: Request, installation: Installation, content: bytes) -> Response:
    language = language_of_page(request)
    with confined.place(), FileReader() as reader:
        carried = reader.carried_by(content)
    ours = verification_link(installation.settings, "")
    for code in carried.codes:
        public_id = code.removeprefix(ours)
        if code.startswith(ours) and PUBLIC_ID.fullmatch(public_id):
            return RedirectResponse(f"{public_id}?lang={language}", 303)
    own = Own(installation)
    verdict = carried.judged(own.key, own.list, datetime.now(UTC))
    with installation.database.reading() as session:
        # The certificate that a signed credential is of, if it may be shown.
        certificate: Certificate | None = None
        with suppress(InvitationUnknown):
            address = str(verdict.facts.get("address", ""))
            certificate = find_issued(session, address.rpartition("/")[2])
        if certificate and stored.state_of(certificate) in SHOWS_NOTHING:
            certificate = None
        size = certificate and template_size(
            session.connection(), certificate.design.template_sha256
        )
        return page(
            request,
            "verify_file.html",
            language,
            verdict=verdict,
            plain=plain,
            issued=datetime.fromisoformat(verdict.facts["issued"]) if verdict.facts else None,
            certificate=certificate,
            size=size,
        )

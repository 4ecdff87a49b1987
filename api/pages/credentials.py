"""The page that verifies a certificate's file, or a photo of its QR code."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from itertools import repeat

from fastapi import HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import UploadFile

from api.calls import described
from api.calls.credentials import router
from api.calls.verification import FORMS, SHOWS_NOTHING, for_programs
from api.dependencies import InstallationOf, is_within, site_at
from api.errors import TooMany
from api.fair_semaphore import FairSemaphore
from api.pages import language_of_page, page
from shared import budgets, reading_places
from shared.certificates.designs.designs import template_size
from shared.certificates.issuing import drawing
from shared.errors import InvitationUnknown, ReadersBusy
from shared.events.installation import Installation
from shared.events.links import verification_link
from shared.features.credentials.carried import Carried, FileReader
from shared.features.credentials.document import is_assigned, plain
from shared.features.credentials.publishing import Own
from shared.features.credentials.verifying import moment_of
from shared.language import N_
from shared.storage.models import Certificate
from shared.storage.models.certificate import state_of

__all__ = ["router"]

_ARRIVING_SECONDS, _PATIENCE_SECONDS = 60.0, 10.0
_RATES = budgets.VERIFICATIONS, budgets.VERIFICATIONS_OF_SITE

# The sites whose files are arriving, and the turns in which files are read.
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
    return page(request, "credentials.html", verdict=None)


@router.get("/verify/file", include_in_schema=False)
async def again(request: Request) -> Response:
    """Lead back if an answer is loaded again, or in another language: no file is kept."""
    return RedirectResponse(f"../verify?lang={language_of_page(request)}", 303)


@router.post("/verify/file", include_in_schema=False)
async def verify_file(request: Request, installation: InstallationOf) -> Response:
    """Say who signed the file's credential and whether it counts; a QR code of ours leads to its
    page. Raises TooMany and ReadersBusy before the file is read."""
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
    """Wait for a turn, without a thread and at most 10 seconds. Raises ReadersBusy."""
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
    with reading_places.shared_place(), FileReader() as reader:
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
        # The certificate of the signed credential, if it may be shown.
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
            "credentials.html",
            language,
            verdict=verdict,
            plain=plain,
            issued=moment_of(str(verdict.facts.get("issued"))),
            is_assigned=is_assigned,
            certificate=certificate,
            public_id=public_id if is_known else "",
            size=size,
        )


@router.get(
    "/verify/{public_id}.json",
    response_class=Response,
    responses=described(200, "application/vc") | described(404, *FORMS) | described(410, *FORMS),
)
def credential_file(public_id: str, installation: InstallationOf) -> Response:
    """The signed credential as a file, for people."""
    answer = for_programs(installation, public_id, "application/vc")
    name = f"certificate-{public_id}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

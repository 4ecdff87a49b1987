"""The calls of a volunteer's page: read their state, submit a name, preview the certificate."""

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from typing import Literal
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field

from api import drawings
from api.calls import REFUSALS, CallBody, Envelope, with_example
from api.dependencies import InstallationOf, LanguageOf, installation_of, language_of
from api.errors import UserUnknown, refusal
from api.visiting import PATIENCE, DatabaseSilent, visit
from shared import budgets
from shared.certificates.issuing import making, submission
from shared.certificates.issuing.visits import Delivery, Visit
from shared.errors import InvitationUnknown, NameDoubtful, NameProblem, ProductError, explain
from shared.events.installation import Installation
from shared.events.links import certificate_link, verification_link
from shared.language import N_, language_for, translate
from shared.rendering.design import render_preview
from shared.rendering.names import is_doubtful, new_name
from shared.settings import Settings
from shared.storage.models import Certificate, Problem
from shared.volunteers.lists.tidied_names import offered

# Seconds. Old pages wait for the answer, so it comes within a second, with or without the mail.
LONGEST_WAIT = 0.8
_PAUSE = 0.05
# A few threads store a crowd of submits soonest. With the one that looks up visits, they are as
# many as the connections kept open: PostgreSQL takes as long to open another as for a submit.
submits = threading.BoundedSemaphore(budgets.SUBMITS.most)

# As documented. The framework does not read it: that took an eighth of the answer's time (`make
# bench`: getUserInfo, processor).
_TOKEN = {
    "name": "token",
    "in": "query",
    "description": "From the personal link",
    "schema": {"type": "string", "default": "", "title": "Token"},
}

router = APIRouter(prefix="/api", responses=REFUSALS, tags=["volunteers"])

# They say what a volunteer can do; the mail server's own answer is for the organizer.
_NO_MAILBOX = N_(
    "the mailbox does not take mails. Ask the organizer to correct your address, "
    "or download the certificate here"
)
REASONS = {
    Problem.REFUSED_ADDRESS: _NO_MAILBOX,
    Problem.CAME_BACK: _NO_MAILBOX,
    Problem.UNKNOWN_OUTCOME: N_(
        "the connection broke while it was handed over. Look into your mailbox: it may have arrived"
    ),
    Problem.NAME_DOES_NOT_FIT: N_("the name does not fit its place. Try a shorter form of it"),
    Problem.NO_GLYPH: N_("a character of the name cannot be drawn. Try another way to write it"),
}
OTHER_REASON = N_("the mail server refused it. Try again later, or ask the organizer")


class UserInfo(BaseModel):
    """A volunteer as their own page sees them."""

    email: str
    name: str
    number: str
    status: int = Field(ge=0, le=4)
    pic_url: str | None = Field(description="The certificate, once its picture is made")
    event: str
    organization: str
    website: str
    language: Literal["zh", "en"]
    delivery: Literal["", "on_its_way", "mailed", "failed", "ready", "withdrawn"] = Field(
        description="State of the certificate; empty before a name is submitted"
    )
    delayed: bool = Field(description="The mail is on its way for more than a minute")
    reason: str = Field(
        description="Why the delivery failed, or why there is no certificate, and what to do"
    )
    qualified: bool = Field(
        True, description="Whether they may have a certificate; if not, submitUserInfo refuses"
    )
    correction_allowed: bool = Field(description="submitUserInfo takes `correct`")
    certificate_id: str | None = Field(description="Names the certificate in public links")
    verification_url: str | None


class SubmitUserInfo(CallBody):
    model_config = with_example(name="Ana María Silva")

    name: str | None = None
    correct: bool = Field(False, description="Replace a certificate that was already mailed")


class Preview(CallBody):
    model_config = with_example(name="Ana María Silva")

    name: str | None = None
    width: int = Field(1000, ge=200, le=1600, description="Pixels")


@router.get(
    "/getUserInfo", response_model=Envelope[UserInfo], openapi_extra={"parameters": [_TOKEN]}
)
async def get_user_info(request: Request) -> Response:
    """The volunteer whose personal link carries `token`. Asking changes nothing."""
    # Read from the request directly: resolving dependencies takes as long as the look-up.
    installation, language = installation_of(request), language_of(request)
    try:
        seen = await visit(request, request.query_params.get("token", ""))
    except InvitationUnknown:
        raise UserUnknown() from None
    answer = Envelope[UserInfo](data=user_info(installation.settings, seen, language))
    # Serialized here: the framework would validate it against its own documentation once more.
    return Response(answer.model_dump_json(), media_type="application/json")


@router.post("/submitUserInfo")
async def submit_user_info(
    request: Request, body: SubmitUserInfo, installation: InstallationOf, language: LanguageOf
) -> Envelope[UserInfo]:
    """Take the name for the certificate, which is then drawn and mailed.

    The answer waits for the mail, but never longer than a second: code 0 with `delivery`
    `on_its_way` means that the name is stored and the mail will follow.
    """
    loop, pause = asyncio.get_running_loop(), _PAUSE
    until = loop.time() + LONGEST_WAIT
    await run_in_threadpool(
        store_name, installation, body.token, body.name or "", correct=body.correct
    )
    seen = await visit(request, body.token)
    while seen.delivery == Delivery.ON_ITS_WAY and loop.time() + pause <= until:
        await asyncio.sleep(pause)
        # Longer each time: when many wait, their queries take time from new visitors.
        pause *= 1.5
        seen = await visit(request, body.token)
    info = user_info(installation.settings, seen, language)
    if seen.delivery == Delivery.FAILED:
        raise ProductError(N_("The certificate could not be mailed: {reason}"), reason=info.reason)
    return Envelope(data=info)


@router.post(
    "/preview",
    response_class=Response,
    responses={
        200: {
            "description": "The picture; the envelope instead if the name is refused",
            "content": {
                "image/jpeg": {"schema": {"type": "string", "format": "binary"}},
                "application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}},
            },
        }
    },
)
def preview(request: Request, body: Preview, installation: InstallationOf) -> Response:
    """The volunteer's certificate with `name` on it, as JPEG. Nothing is stored.

    `Name-Offered`, percent-encoded UTF-8, is the name as people would write it, if it is another:
    Anna Meier for ANNA MEIER.
    """
    name = body.name or ""
    return with_offer(
        request, name, lambda: preview_picture(installation, body.token, name, body.width)
    )


def with_offer(request: Request, name: str, picture: Callable[[], bytes]) -> Response:
    """Return the picture or the reason for refusing the name, with the tidied name as a header."""
    try:
        answer = Response(picture(), media_type="image/jpeg")
    except NameProblem as problem:
        answer = refusal(request, problem)
    if better := offered(name):
        answer.headers["Name-Offered"] = quote(better)
    return answer


def preview_picture(installation: Installation, token: str, name: str, width: int) -> bytes:
    """Return the certificate with `name` as JPEG, `width` pixels wide; nothing is stored.

    Raises InvitationUnknown, NotQualified, NameProblem, NoDesign and DrawingsBusy.
    """
    with installation.database.reading() as session:
        volunteer = submission.find_volunteer(session, installation.seal, token)
        submission.check_qualified(session, volunteer)
        # Within the permit: preparing a large design takes as much memory as drawing it.
        with drawings.permit(volunteer.event_id, f"preview for {volunteer.id}"):
            design, facts = making.look_of(session, installation.settings, volunteer, name)
            return render_preview(design, facts, width)


def store_name(
    installation: Installation,
    token: str,
    name: str,
    *,
    correct: bool = False,
    asked: str | None = None,
) -> Certificate:
    """Submit a name, and return the certificate.

    `asked` is the name that a page asked to confirm, empty if none; None for programs, which are
    never asked. Raises what `submission.submit` does, DatabaseSilent, and NameDoubtful for a page.
    """
    cleaned = new_name(name)
    database, seal = installation.database, installation.seal
    # A turn takes milliseconds unless the database is silent.
    if not submits.acquire(timeout=PATIENCE):
        raise DatabaseSilent()
    try:
        # A wrong token is refused here, without the writers' lock.
        with database.reading() as session:
            person = submission.find_volunteer(session, seal, token)
            making.make_ready(session, person)
            is_new = asked is not None and asked != name
            if is_new and is_doubtful(cleaned, person.event.organization):
                raise NameDoubtful()
        with database.writing() as session:
            make = partial(making.make, session, installation.settings)
            return submission.submit(session, seal, token, cleaned, make, correct=correct)
    finally:
        submits.release()


def user_info(settings: Settings, seen: Visit, language: str) -> UserInfo:
    """Return what a volunteer reads about a visit, in `language`."""
    drawn = seen.certificate_id
    reason = REASONS.get(seen.problem, OTHER_REASON) if seen.problem else OTHER_REASON
    why = translate(reason, language) if seen.delivery == Delivery.FAILED else ""
    if seen.is_unqualified:
        why = explain(
            submission.not_qualified(seen.organization or seen.event, seen.contact_address),
            language,
        )
    return UserInfo(
        email=seen.email,
        name=seen.name,
        number=seen.number,
        status=int(seen.status),
        pic_url=certificate_link(settings, drawn) if drawn else None,
        event=seen.event,
        organization=seen.organization,
        website=seen.website,
        language=language_for(seen.language_said, seen.language),
        delivery=seen.delivery.value if seen.delivery else "",
        delayed=seen.is_delayed,
        reason=why,
        qualified=not seen.is_unqualified,
        correction_allowed=seen.corrections_allowed,
        certificate_id=drawn,
        verification_url=verification_link(settings, drawn) if drawn else None,
    )

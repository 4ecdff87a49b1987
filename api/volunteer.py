"""What a volunteer's page calls: who am I, this is my name, how would that look."""

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from api.body import CallBody
from api.dependencies import InstallationOf, LanguageOf
from api.envelope import REFUSALS, Envelope
from api.errors import UserUnknown
from shared import certificates
from shared.certificates import Delivery, Progress
from shared.errors import InvitationUnknown, MailFailed
from shared.installation import Installation
from shared.language import N_, translate
from shared.links import certificate_link, verification_link
from shared.models import Certificate, Problem, Status, Volunteer
from shared.rendering.names import clean_name

# Old pages wait for the answer, so it comes within a second whatever the mail does.
LONGEST_WAIT = 0.8
_PAUSE = 0.05

router = APIRouter(prefix="/api", responses=REFUSALS, tags=["volunteers"])

# What a volunteer can do about it; the mail server's own words are for the organizer.
REASONS = {
    Problem.REFUSED_ADDRESS: N_(
        "the mailbox does not take mails. Ask the organizer to correct your address, "
        "or download the certificate here"
    ),
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
    delivery: Literal["", "on_its_way", "mailed", "failed"] = Field(
        description="How far the certificate's mail is; empty before a name is submitted"
    )
    reason: str = Field(description="Why the delivery failed, and what to do")
    correction_allowed: bool = Field(description="submitUserInfo takes `correct`")
    certificate_id: str | None = Field(description="Names the certificate in public links")
    verification_url: str | None


class SubmitUserInfo(CallBody):
    name: str | None = None
    correct: bool = Field(False, description="Replace a certificate that was already mailed")


class Preview(CallBody):
    name: str | None = None
    width: int = Field(1000, ge=200, le=1600, description="Pixels")


@router.get("/getUserInfo")
def get_user_info(
    installation: InstallationOf,
    language: LanguageOf,
    token: Annotated[str, Query(description="From the personal link")] = "",
) -> Envelope[UserInfo]:
    """The volunteer whose personal link carries `token`. Asking changes nothing."""
    with installation.database.reading() as session:
        try:
            volunteer = certificates.find_volunteer(session, installation.seal, token)
        except InvitationUnknown:
            raise UserUnknown() from None
        return Envelope(data=user_info(session, installation, volunteer, language))


@router.post("/submitUserInfo")
async def submit_user_info(
    body: SubmitUserInfo, installation: InstallationOf, language: LanguageOf
) -> Envelope[UserInfo]:
    """Take the name for the certificate; it is then drawn and mailed.

    The answer waits for the mail, but never longer than a second: code 0 with `delivery`
    `on_its_way` means that it is stored and will leave by itself.
    """
    until = asyncio.get_running_loop().time() + LONGEST_WAIT
    certificate = await run_in_threadpool(
        store_name, installation, body.token, body.name or "", correct=body.correct
    )
    await _delivered(installation, certificate, until)
    info = await run_in_threadpool(_info_by_token, installation, body.token, language)
    if info.delivery == Delivery.FAILED.value:
        raise MailFailed(reason=info.reason)
    return Envelope(data=info)


@router.post(
    "/preview",
    response_class=Response,
    responses={
        200: {
            "description": "The picture; when the name cannot stand, the envelope instead",
            "content": {
                "image/jpeg": {"schema": {"type": "string", "format": "binary"}},
                "application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}},
            },
        }
    },
)
def preview(body: Preview, installation: InstallationOf) -> Response:
    """The volunteer's certificate with `name` on it, as JPEG. Nothing is stored."""
    picture = preview_picture(installation, body.token, body.name or "", body.width)
    return Response(picture, media_type="image/jpeg")


def preview_picture(installation: Installation, token: str, name: str, width: int) -> bytes:
    """Raises InvitationUnknown, NameProblem and NoDesign."""
    with installation.database.reading() as session:
        volunteer = certificates.find_volunteer(session, installation.seal, token)
        return certificates.preview(session, installation.settings, volunteer, name, width)


def store_name(
    installation: Installation, token: str, name: str, *, correct: bool = False
) -> Certificate:
    """Submit a name. Raises what `certificates.submit` raises."""
    clean_name(name)
    # A wrong token is found without the lock that writers share.
    with installation.database.reading() as session:
        certificates.find_volunteer(session, installation.seal, token)
    with installation.database.writing() as session:
        return certificates.submit(
            session, installation.settings, installation.seal, token, name, correct=correct
        )


def user_info(
    session: Session, installation: Installation, volunteer: Volunteer, language: str
) -> UserInfo:
    event = volunteer.event
    certificate = certificates.current_certificate(session, volunteer)
    submitted = certificate is not None and volunteer.status >= Status.SUBMITTED
    progress = certificates.progress(session, certificate) if certificate and submitted else None
    drawn = certificate if volunteer.status >= Status.PICTURE_MADE else None
    settings = installation.settings
    return UserInfo(
        email=volunteer.email,
        name=volunteer.name,
        number=volunteer.number,
        status=int(volunteer.status),
        pic_url=certificate_link(settings, drawn.public_id) if drawn else None,
        event=event.name,
        organization=event.organization,
        website=event.website,
        language="zh" if event.language == "zh" else "en",
        delivery=progress.delivery.value if progress else "",
        reason=_reason(volunteer, progress, language),
        correction_allowed=event.corrections_allowed,
        certificate_id=drawn.public_id if drawn else None,
        verification_url=verification_link(settings, drawn.public_id) if drawn else None,
    )


def _reason(volunteer: Volunteer, progress: Progress | None, language: str) -> str:
    if progress is None or progress.delivery != Delivery.FAILED:
        return ""
    problem = volunteer.problem
    return translate(REASONS.get(problem, OTHER_REASON) if problem else OTHER_REASON, language)


def _info_by_token(installation: Installation, token: str, language: str) -> UserInfo:
    with installation.database.reading() as session:
        volunteer = certificates.find_volunteer(session, installation.seal, token)
        return user_info(session, installation, volunteer, language)


async def _delivered(installation: Installation, certificate: Certificate, until: float) -> None:
    """Wait until the certificate was mailed or failed, at most `until`, by the loop's clock."""
    loop = asyncio.get_running_loop()
    while await run_in_threadpool(_is_on_its_way, installation, certificate):
        if loop.time() + _PAUSE > until:
            return
        await asyncio.sleep(_PAUSE)


def _is_on_its_way(installation: Installation, certificate: Certificate) -> bool:
    with installation.database.reading() as session:
        return certificates.progress(session, certificate).delivery == Delivery.ON_ITS_WAY

"""What programs that verify certificates read: credentials, keys, lists, and states.

Nothing here lists ids. Whatever a verifier fetches ends in `.json`, so that a web server can answer
it from files when there is no installation any more.
"""

import json
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

from fastapi import APIRouter, HTTPException, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from api import drawings
from api.calls import REFUSALS, Refusal, described
from api.dependencies import InstallationOf, is_within
from api.errors import TooMany
from shared import budgets
from shared.certificates.credentials import issuers, status_lists, stored
from shared.certificates.credentials.document import (
    CONTEXTS,
    did_at,
    did_document,
    withdrawn_document,
)
from shared.certificates.issuing import drawing
from shared.certificates.issuing.columns import public_values
from shared.certificates.issuing.drawing import PUBLIC_ID
from shared.certificates.issuing.states import states_of
from shared.errors import InvitationUnknown, ProductError
from shared.events.installation import Installation
from shared.language import N_
from shared.storage.models import (
    Achievement,
    Issuer,
    IssuerLogo,
    StatusList,
)
from shared.storage.models.certificate import State, state_of

CREDENTIAL_TYPES = ("application/vc", "application/vc+ld+json", "application/ld+json")
# Whoever was not named in the request may read it, too.
_FOR_EVERYBODY = {"Access-Control-Allow-Origin": "*", "X-Robots-Tag": "noindex"}
_A_WHILE = _FOR_EVERYBODY | {"Cache-Control": "public, max-age=300"}
_UNCHANGING = {"Cache-Control": "public, max-age=31536000, immutable"}
# Why a state is no 200: nothing else is told about who was erased, or what never left.
SHOWS_NOTHING = {State.ERASED: 410, State.NEVER_SENT: 410, State.UNKNOWN: 404}

router = APIRouter(tags=["verification"])

_NOTHING: dict[int | str, dict[str, Any]] = {
    404: {"description": "There is nothing at this address", "model": Refusal}
}


class WhichCertificates(BaseModel):
    """The public ids of certificates, as in their addresses."""

    model_config = ConfigDict(extra="forbid")

    ids: list[Annotated[str, Field(max_length=64)]] = Field(max_length=budgets.IDS.most)


class States(BaseModel):
    """What each of them is; an id that nobody gave away is `unknown`."""

    states: dict[str, State]


@router.post("/verify", responses={status: REFUSALS[status] for status in (413, 422, 429, 503)})
def states_of_many(
    which: WhichCertificates, request: Request, installation: InstallationOf
) -> States:
    """Whether these certificates are still valid, up to 1 000 at once; nothing else is told."""
    if not is_within(budgets.STATES, request):
        raise TooMany(
            N_(
                "Many certificates were looked up from your network. Wait a minute, and ask for up "
                "to 1,000 at once."
            )
        )
    readable = {one for one in which.ids if PUBLIC_ID.fullmatch(one)}
    with installation.database.reading() as session:
        known = states_of(session, readable)
    return States(states={one: known.get(one, State.UNKNOWN) for one in which.ids})


def wanted_type(accept: str) -> str:
    """Which of its forms a verification page is asked for (RFC 9110, 12.5.1): the media type of the
    one that is preferred among those that there are; text/html if any will do."""
    ours = ("text/html", *CREDENTIAL_TYPES, "application/json")
    weighted = []
    for item in accept.split(",")[:20]:
        kind, *parameters = (part.strip().lower() for part in item.split(";"))
        said = next((one[2:] for one in parameters if one.startswith("q=")), "1")
        if kind in ours:
            try:
                weighted.append((float(said), kind))
            except ValueError:
                weighted.append((0.0, kind))
    best = max((quality for quality, _ in weighted), default=0.0)
    return next((kind for quality, kind in weighted if best and quality == best), "text/html")


def for_programs(installation: Installation, public_id: str, kind: str) -> Response:
    """The bare credential, or what is known with the credential in it."""
    facts, credential, certificate, gone = dict[str, object](), None, None, None
    with installation.database.reading() as session:
        try:
            certificate = drawing.find_issued(session, public_id)
            state = state_of(certificate)
        except InvitationUnknown:
            gone = drawing.find_gone(session, public_id)
            state = State(gone.state) if gone else State.UNKNOWN
        if certificate is not None and state not in SHOWS_NOTHING:
            credential = stored.served(installation, certificate.id)
            is_told = not certificate.is_corrected
            values = public_values(certificate, certificate.language) if is_told else ()
            facts = {
                "name": certificate.name if is_told else "",
                "event": certificate.event_name or certificate.event.name,
                "organization": certificate.organization,
                "number": certificate.number,
                "date": certificate.date.isoformat(),
                "columns": dict(values),
            }
    if kind == "application/json":
        told = {
            "state": state,
            "checked": datetime.now(UTC).isoformat(timespec="seconds"),
            "facts": facts,
            "credential": json.loads(credential) if credential else None,
            "event_deleted": str(day) if (day := gone and gone.event_deleted) else None,
        }
        return _json(told, kind, SHOWS_NOTHING.get(state, 200), {"Cache-Control": "no-store"})
    if credential is None:
        is_gone = gone is not None or (certificate is not None and certificate.is_corrected)
        status = 410 if is_gone else SHOWS_NOTHING.get(state, 404)
        raise HTTPException(status, headers=_FOR_EVERYBODY | {"Vary": "Accept"})
    return Response(credential, headers=_A_WHILE, media_type=kind)


@router.get(
    "/issuers/{slug}/did.json",
    response_class=Response,
    responses=_NOTHING | described(200, "application/did+json"),
)
def issuer(slug: str, request: Request, installation: InstallationOf) -> Response:
    """Who signs, and the keys by which that is verified."""
    with installation.database.reading() as session:
        found = session.scalar(select(Issuer).where(Issuer.slug == slug))
        keys = issuers.public_keys(session, found) if found else {}
        if found is None or not keys:
            raise HTTPException(404, headers=_FOR_EVERYBODY)
        content = did_document(_did_here(session, installation, found, request), keys)
    return _json(content, "application/did+json")


@router.get(
    "/issuers/{slug}/withdrawn-keys.json",
    response_class=Response,
    responses=_NOTHING | described(200, "application/json"),
)
def withdrawn_keys(slug: str, request: Request, installation: InstallationOf) -> Response:
    """The keys that leaked: what they signed proves nothing, and is no forgery of its holder's."""
    with installation.database.reading() as session:
        found = session.scalar(select(Issuer).where(Issuer.slug == slug))
        if found is None:
            raise HTTPException(404, headers=_FOR_EVERYBODY)
        did, keys = (
            _did_here(session, installation, found, request),
            issuers.withdrawn_keys(session, found),
        )
    return _json(withdrawn_document(did, keys), "application/json")


@router.get("/issuers/{slug}/{sha256}.png", include_in_schema=False)
def logo(slug: str, sha256: str, installation: InstallationOf) -> Response:
    """The logo of an issuer, as its credentials name it, for ever the same."""
    found = select(IssuerLogo.content).join(Issuer, Issuer.id == IssuerLogo.issuer_id)
    with installation.database.reading() as session:
        content = session.scalar(found.where(Issuer.slug == slug, IssuerLogo.sha256 == sha256))
    if content is None:
        raise HTTPException(404, headers=_FOR_EVERYBODY)
    return Response(content, headers=_FOR_EVERYBODY | _UNCHANGING, media_type="image/png")


def _did_here(
    session: Session, installation: Installation, issuer: Issuer, request: Request
) -> str:
    """The DID of this address: that of an earlier PUBLIC_URL where that still leads here."""
    current = did_at(installation.settings.public_url, issuer.slug)
    host = request.url.netloc.lower()
    if host == urlsplit(installation.settings.public_url).netloc.lower():
        return current
    earlier = select(StatusList.did).where(StatusList.issuer_id == issuer.id).distinct()
    of_host = (did for did in session.scalars(earlier) if unquote(did.split(":")[2]) == host)
    return next(of_host, current)


@router.get(
    "/status/{public_id}.json",
    response_class=Response,
    responses=_NOTHING | described(200, "application/vc"),
)
def status_list(public_id: str, installation: InstallationOf) -> Response:
    """A list of bits that says which credentials were revoked."""
    try:
        content = status_lists.served(installation, public_id)
    except ProductError:
        raise HTTPException(404, headers=_FOR_EVERYBODY) from None
    return Response(content, headers=_A_WHILE, media_type="application/vc")


@router.get(
    "/achievements/{public_id}.json",
    response_class=Response,
    responses=_NOTHING | described(200, "application/ld+json"),
)
def achievement(public_id: str, installation: InstallationOf) -> Response:
    """What people of an event are thanked for, as it stands in their credentials."""
    with installation.database.reading() as session:
        content = _achievement(session, public_id).document
    return _json({"@context": CONTEXTS, **content}, "application/ld+json")


@router.get("/achievements/{public_id}.jpg", include_in_schema=False)
def achievement_picture(public_id: str, installation: InstallationOf) -> Response:
    """The design without anybody's name, for ever the same."""
    with installation.database.reading() as session:
        one = _achievement(session, public_id)
        # Older ones name no picture.
        if "image" not in one.document:
            raise HTTPException(404, headers=_FOR_EVERYBODY)
        with drawings.permit(one.event_id, f"achievement {public_id[:24]}"):
            content = drawing.render_achievement(session, one.id)
    if content is None:
        raise HTTPException(404, headers=_FOR_EVERYBODY)
    return Response(content, headers=_FOR_EVERYBODY | _UNCHANGING, media_type="image/jpeg")


def _achievement(session: Session, public_id: str) -> Achievement:
    if one := session.scalar(select(Achievement).where(Achievement.public_id == public_id)):
        return one
    raise HTTPException(404, headers=_FOR_EVERYBODY)


def _json(
    content: object, kind: str, status: int = 200, kept: dict[str, str] = _A_WHILE
) -> Response:
    text = json.dumps(content, ensure_ascii=False)
    return Response(text, status, headers=_FOR_EVERYBODY | kept, media_type=kind)

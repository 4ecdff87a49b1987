"""What programs that verify credentials fetch: keys, status lists and achievements.

The addresses end in `.json`, so that a web server can serve files when the installation is gone.
"""

from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from fastapi import APIRouter, HTTPException, Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from api import drawings
from api.calls import Refusal, described
from api.calls.verification import A_WHILE, FOR_EVERYBODY, as_json
from api.dependencies import InstallationOf
from shared.errors import ProductError
from shared.events.installation import Installation
from shared.features.credentials import achievements, issuers, status_lists
from shared.features.credentials.document import (
    CONTEXTS,
    did_at,
    did_document,
    withdrawn_document,
)
from shared.features.credentials.models import Achievement, Issuer, IssuerLogo, StatusList

T = TypeVar("T")
_UNCHANGING = {"Cache-Control": "public, max-age=31536000, immutable"}

router = APIRouter(tags=["verification"])

_NOTHING: dict[int | str, dict[str, Any]] = {
    404: {"description": "There is nothing at this address", "model": Refusal}
}


@router.get(
    "/issuers/{slug}/did.json",
    response_class=Response,
    responses=_NOTHING | described(200, "application/did+json"),
)
def issuer(slug: str, request: Request, installation: InstallationOf) -> Response:
    """The DID document of an issuer: the keys by which its signatures are verified."""
    with installation.database.reading() as session:
        found = _found(session.scalar(select(Issuer).where(Issuer.slug == slug)))
        keys = _found(issuers.public_keys(session, found))
        content = did_document(_did_here(session, installation, found, request), keys)
    return as_json(content, "application/did+json")


@router.get(
    "/issuers/{slug}/withdrawn-keys.json",
    response_class=Response,
    responses=_NOTHING | described(200, "application/json"),
)
def withdrawn_keys(slug: str, request: Request, installation: InstallationOf) -> Response:
    """The keys that leaked: what they signed proves nothing, but its holder did not forge it."""
    with installation.database.reading() as session:
        found = _found(session.scalar(select(Issuer).where(Issuer.slug == slug)))
        did = _did_here(session, installation, found, request)
        keys = issuers.withdrawn_keys(session, found)
    return as_json(withdrawn_document(did, keys), "application/json")


@router.get("/issuers/{slug}/{sha256}.png", include_in_schema=False)
def logo(slug: str, sha256: str, installation: InstallationOf) -> Response:
    """The logo that credentials of an issuer name; it never changes."""
    found = select(IssuerLogo.content).join(Issuer, Issuer.id == IssuerLogo.issuer_id)
    with installation.database.reading() as session:
        its_own = found.where(Issuer.slug == slug, IssuerLogo.sha256 == sha256)
        content = _found(session.scalar(its_own))
    return Response(content, headers=FOR_EVERYBODY | _UNCHANGING, media_type="image/png")


def _did_here(
    session: Session, installation: Installation, issuer: Issuer, request: Request
) -> str:
    """Return the DID for the address asked: an earlier PUBLIC_URL's, if it still leads here."""
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
        raise HTTPException(404, headers=FOR_EVERYBODY) from None
    return Response(content, headers=A_WHILE, media_type="application/vc")


@router.get(
    "/achievements/{public_id}.json",
    response_class=Response,
    responses=_NOTHING | described(200, "application/ld+json"),
)
def achievement(public_id: str, installation: InstallationOf) -> Response:
    """What people of an event are thanked for, as their credentials say it."""
    with installation.database.reading() as session:
        content = _achievement(session, public_id).document
    return as_json({"@context": CONTEXTS, **content}, "application/ld+json")


@router.get("/achievements/{public_id}.jpg", include_in_schema=False)
def achievement_picture(public_id: str, installation: InstallationOf) -> Response:
    """The design without anybody's name; it never changes."""
    with installation.database.reading() as session:
        found = _achievement(session, public_id)
        # Older ones name no picture.
        _found(found.document.get("image"))
        with drawings.permit(found.event_id, f"achievement {public_id[:24]}"):
            content = _found(achievements.picture_of(session, found.id))
    return Response(content, headers=FOR_EVERYBODY | _UNCHANGING, media_type="image/jpeg")


def _achievement(session: Session, public_id: str) -> Achievement:
    return _found(session.scalar(select(Achievement).where(Achievement.public_id == public_id)))


def _found(there: T | None) -> T:
    """Return what is at an address. Raises HTTPException if that is nothing."""
    if not there:
        raise HTTPException(404, headers=FOR_EVERYBODY)
    return there

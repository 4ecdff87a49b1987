"""The states of certificates and their credentials, for programs. Nothing here lists ids."""

import json
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.calls import REFUSALS
from api.dependencies import InstallationOf, is_within
from api.errors import TooMany
from shared import budgets
from shared.certificates.issuing import drawing
from shared.certificates.issuing.columns import public_values
from shared.certificates.issuing.drawing import PUBLIC_ID
from shared.certificates.issuing.states import states_of
from shared.errors import InvitationUnknown
from shared.events.installation import Installation
from shared.language import N_
from shared.storage import hooks
from shared.storage.models.certificate import State, state_of

CREDENTIAL_TYPES = ("application/vc", "application/vc+ld+json", "application/ld+json")
# A page for people, otherwise what programs ask for.
FORMS = ("text/html", "application/json", *CREDENTIAL_TYPES)
# Any page may read these answers, and no search engine lists them.
FOR_EVERYBODY = {"Access-Control-Allow-Origin": "*", "X-Robots-Tag": "noindex"}
A_WHILE = FOR_EVERYBODY | {"Cache-Control": "public, max-age=300"}
# States that are no 200: nothing else is said of who was erased, or of what was never sent.
SHOWS_NOTHING = {State.ERASED: 410, State.NEVER_SENT: 410, State.UNKNOWN: 404}

router = APIRouter(tags=["verification"])


class WhichCertificates(BaseModel):
    """The public ids of certificates, as in their addresses."""

    model_config = ConfigDict(extra="forbid")

    ids: list[Annotated[str, Field(max_length=64)]] = Field(max_length=budgets.IDS.most)


class States(BaseModel):
    """The state of each certificate; an id that was never issued is `unknown`."""

    states: dict[str, State]


@router.post("/verify", responses={status: REFUSALS[status] for status in (413, 422, 429, 503)})
def states_of_many(
    which: WhichCertificates, request: Request, installation: InstallationOf
) -> States:
    """Say whether certificates are still valid, up to 1 000 at once, and nothing else."""
    if not is_within(budgets.STATES, request):
        raise TooMany(
            N_(
                "Many certificates were looked up from your network. Wait a minute, and ask for up "
                "to 1,000 at once."
            )
        )
    readable = {public_id for public_id in which.ids if PUBLIC_ID.fullmatch(public_id)}
    with installation.database.reading() as session:
        known = states_of(session, readable)
    return States(states={wanted: known.get(wanted, State.UNKNOWN) for wanted in which.ids})


def wanted_type(accept: str) -> str:
    """Return the media type that an Accept header prefers among `FORMS` (RFC 9110, 12.5.1);
    text/html if any will do."""
    ours = ("text/html", *CREDENTIAL_TYPES, "application/json")
    weighted = []
    for item in accept.split(",")[:20]:
        kind, *parameters = (part.strip().lower() for part in item.split(";"))
        weight = next((part[2:] for part in parameters if part.startswith("q=")), "1")
        if kind in ours:
            try:
                weighted.append((float(weight), kind))
            except ValueError:
                weighted.append((0.0, kind))
    best = max((quality for quality, _ in weighted), default=0.0)
    return next((kind for quality, kind in weighted if best and quality == best), "text/html")


def for_programs(installation: Installation, public_id: str, kind: str) -> Response:
    """Return the bare credential, or as `application/json` what is known, with the credential.

    Raises HTTPException if there is no credential to return.
    """
    facts, credential, certificate, gone = dict[str, object](), None, None, None
    with installation.database.reading() as session:
        try:
            certificate = drawing.find_issued(session, public_id)
            state = state_of(certificate)
        except InvitationUnknown:
            gone = drawing.find_gone(session, public_id)
            state = State(gone.state) if gone else State.UNKNOWN
        if certificate is not None and state not in SHOWS_NOTHING:
            carried = hooks.features().carried_in_file(installation, [certificate.id])
            credential = carried.get(certificate.id)
            is_shown = not certificate.is_corrected
            values = public_values(certificate, certificate.language) if is_shown else ()
            facts = {
                "name": certificate.name if is_shown else "",
                "event": certificate.event_name or certificate.event.name,
                "organization": certificate.organization,
                "number": certificate.number,
                "date": certificate.date.isoformat(),
                "columns": dict(values),
            }
    if kind == "application/json":
        answer = {
            "state": state,
            "checked": datetime.now(UTC).isoformat(timespec="seconds"),
            "facts": facts,
            "credential": json.loads(credential) if credential else None,
            "event_deleted": str(day) if (day := gone and gone.event_deleted) else None,
        }
        return as_json(answer, kind, SHOWS_NOTHING.get(state, 200), {"Cache-Control": "no-store"})
    if credential is None:
        is_gone = gone is not None or (certificate is not None and certificate.is_corrected)
        status = 410 if is_gone else SHOWS_NOTHING.get(state, 404)
        raise HTTPException(status, headers=FOR_EVERYBODY | {"Vary": "Accept"})
    return Response(credential, headers=A_WHILE, media_type=kind)


def as_json(
    content: object, kind: str, status: int = 200, kept: dict[str, str] = A_WHILE
) -> Response:
    """Return JSON that any page may read."""
    text = json.dumps(content, ensure_ascii=False)
    return Response(text, status, headers=FOR_EVERYBODY | kept, media_type=kind)

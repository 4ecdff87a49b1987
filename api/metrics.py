"""`GET /metrics` for Prometheus, with the owner's token as the bearer token (RFC 6750)."""

from typing import Annotated

from fastapi import APIRouter, Header, Response

from api.dependencies import InstallationOf
from shared.access.keys import is_owner
from shared.cli.metrics import exposition
from shared.errors import NotAllowed

router = APIRouter(tags=["operation"])


@router.get("/metrics", response_class=Response)
def metrics(installation: InstallationOf, authorization: Annotated[str, Header()] = "") -> Response:
    """Queue, verdicts, latency, budgets and drawing time."""
    scheme, _, token = authorization.partition(" ")
    with installation.database.reading() as session:
        if scheme.lower() != "bearer" or not is_owner(session, token):
            raise NotAllowed()
    return Response(exposition(installation.database), media_type="text/plain; version=0.0.4")

"""Whether the product works, for whoever watches it, and what is answered once it must not."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from api.dependencies import InstallationOf
from api.envelope import REFUSALS, Envelope
from api.errors import product_error
from api.visiting import answered_in_time
from shared import product_version
from shared.errors import Outgrown
from shared.events.installation import Installation
from shared.language import translate
from shared.mail.queue.hold import HELD, is_any_held
from shared.storage.outgrowth import Outgrowth
from shared.storage.schema import schema_of

router = APIRouter()
_OPEN = ("/health", "/static/", "/metrics")


@router.get("/health", responses={503: REFUSALS[503]}, tags=["operation"])
async def health(installation: InstallationOf) -> Envelope[dict[str, str]]:
    """200 when the database answers; `sending` is "held" after a restore, until people decided."""

    def state() -> dict[str, str]:
        with installation.database.reading() as session:
            schema = schema_of(session.connection()) or ""
            held = {"sending": "held", "reason": translate(HELD, "en")}
            told = {"database": "ok", "version": product_version(), "schema": schema}
            return told | (held if is_any_held(session) else {})

    return Envelope(data=await answered_in_time(state))


@router.get("/health/live", include_in_schema=False)
async def live() -> Envelope[dict[str, str]]:
    """200 as long as this process answers, whatever the database does."""
    return Envelope(data={"version": product_version()})


@router.get("/health/ready", include_in_schema=False)
async def ready(installation: InstallationOf) -> Envelope[dict[str, str]]:
    """200 when this process may be given requests: database and schema are right; else why not."""
    if not await answered_in_time(installation.database.may_work_on):
        raise Outgrown()
    return await health(installation)


class RefuseOutgrown:
    """Answers 503 once the database has outgrown this program, which would read it wrongly."""

    def __init__(self, app: ASGIApp, installation: Installation) -> None:
        self._app, self._outgrowth = app, Outgrowth(installation.database)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith(_OPEN):
            if self._outgrowth.is_due:
                await run_in_threadpool(self._outgrowth.look)
            if self._outgrowth.is_there:
                answer = await product_error(Request(scope), Outgrown())
                return await answer(scope, receive, send)
        await self._app(scope, receive, send)

"""The webhook at which a relay reports returned mail."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.calls import Envelope
from api.dependencies import InstallationOf
from api.errors import Unauthorized
from shared.errors import NotAllowed
from shared.features.returned_mail.webhooks.entering import PATH
from shared.features.returned_mail.webhooks.receiving import receive

router = APIRouter(include_in_schema=False)


@router.post(PATH)
async def told(
    request: Request,
    installation: InstallationOf,
    webhook: Annotated[int, Query(ge=0, lt=2**31)] = 0,
    key: str = "",
) -> Envelope[None]:
    """Take a report. Its secret is in the query, which is never logged."""
    content = await request.body()
    try:
        await run_in_threadpool(receive, installation, webhook, key, content)
    except NotAllowed as refusal:
        raise Unauthorized(refusal.message) from None
    except ValueError:
        raise HTTPException(422) from None
    return Envelope(data=None)

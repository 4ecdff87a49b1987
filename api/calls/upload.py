"""uploadImage's body, which is not read before its sender's permission is known."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from api.dependencies import Caller, InstallationOf, NetworkOf, caller_of
from shared.access.roles import Permission
from shared.errors import PictureRefused
from shared.language import N_

# What the framework would document for a form that it reads itself, before the token is checked.
BODY: dict[str, Any] = {
    "requestBody": {
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "template": {
                            "type": "string",
                            "format": "binary",
                            "title": "Template",
                            "description": "PNG, JPEG, PDF or SVG",
                        },
                        "event": {
                            "type": "string",
                            "title": "Event",
                            "description": "As in the other calls",
                        },
                    },
                }
            }
        }
    }
}


@dataclass(frozen=True)
class Upload:
    """An image, and who uploads it for which event."""

    caller: Caller
    content: bytes


async def _arriving(
    request: Request,
    installation: InstallationOf,
    network: NetworkOf,
    token: Annotated[str, Header(description="The organizer's token")] = "",
) -> Upload:
    """Raises NotAllowed and RoleTooLow before the body is read, then EventUnknown and
    PictureRefused."""

    def find(wanted: str | None) -> Caller:
        return caller_of(installation, token, wanted, Permission.CHANGE_DESIGN, network=network)

    await run_in_threadpool(find, None)
    async with request.form() as form:
        wanted, template = form.get("event"), form.get("template")
        event = wanted if isinstance(wanted, str) else None
        caller = await run_in_threadpool(find, event)
        content = await template.read() if isinstance(template, UploadFile) else b""
    if not content:
        raise PictureRefused(N_("No picture arrived. Send the file as the form field “template”."))
    return Upload(caller, content)


ArrivingPicture = Annotated[Upload, Depends(_arriving)]

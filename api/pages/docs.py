"""The documentation of the calls for programmers, without third-party scripts."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.pages.html import language_of_page, page

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    description: dict[str, Any] = request.app.openapi()
    calls = [call for methods in description["paths"].values() for call in methods.values()]
    return page(
        request,
        "docs.html",
        language_of_page(request),
        root=".",
        description=description["info"]["description"],
        paths=description["paths"],
        bodies={call["operationId"]: _fields(description, call) for call in calls},
    )


def _fields(description: dict[str, Any], call: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields of each body that the call takes."""
    contents = call.get("requestBody", {}).get("content", {}).values()
    names = [content["schema"].get("$ref", "").rpartition("/")[2] for content in contents]
    return [description["components"]["schemas"][name]["properties"] for name in names if name]

"""Pages and files for programmers, browsers and crawlers: API documentation, security contact."""

from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from api.dependencies import InstallationOf
from api.pages import STATIC, page

# RFC 9116, 2.5.5, recommends less than a year; the file is made for each request.
_VALID = timedelta(days=180)
_CONTACT = "/.well-known/security.txt"

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """The documentation of the calls for programmers, without third-party scripts."""
    description: dict[str, Any] = request.app.openapi()
    schemas = description["components"]["schemas"]
    calls = [call for methods in description["paths"].values() for call in methods.values()]
    # The fields of each body that a call takes.
    bodies: dict[str, list[dict[str, Any]]] = {}
    for call in calls:
        contents = call.get("requestBody", {}).get("content", {}).values()
        names = [content["schema"].get("$ref", "").rpartition("/")[2] for content in contents]
        bodies[call["operationId"]] = [schemas[name]["properties"] for name in names if name]
    return page(
        request,
        "docs.html",
        description=description["info"]["description"],
        paths=description["paths"],
        bodies=bodies,
    )


@router.get(_CONTACT)
def security_contact(installation: InstallationOf) -> PlainTextResponse:
    """The contact that SECURITY_CONTACT names (RFC 9116); 404 without one."""
    settings = installation.settings
    if not settings.security_contact:
        raise HTTPException(404)
    expires = (datetime.now(UTC) + _VALID).replace(microsecond=0)
    return PlainTextResponse(
        f"Contact: {settings.security_contact}\n"
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}\n"
        "Preferred-Languages: en, zh\n"
        f"Canonical: {settings.public_url}{_CONTACT}\n"
    )


@router.get("/favicon.ico")
def icon(request: Request) -> Response:
    """The icon for clients that ask for it without having read a page."""
    return STATIC.file("touch-icon.png", request)


@router.get("/apple-touch-icon.png")
def touch_icon(request: Request) -> Response:
    """The icon of a page on a phone's home screen."""
    return STATIC.file("touch-icon.png", request)


@router.get("/robots.txt")
def robots(request: Request) -> Response:
    """The rules for search engines (RFC 9309)."""
    return STATIC.file("robots.txt", request)

"""Where to report a vulnerability: /.well-known/security.txt (RFC 9116)."""

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, HTTPException
from fastapi.responses import PlainTextResponse

from api.dependencies import InstallationOf

# RFC 9116, 2.5.5, recommends less than a year; the file is made for each request.
_VALID = timedelta(days=180)
_PATH = "/.well-known/security.txt"

router = APIRouter(include_in_schema=False)


@router.get(_PATH)
def security_contact(installation: InstallationOf) -> PlainTextResponse:
    """The contact that SECURITY_CONTACT names; 404 without one."""
    settings = installation.settings
    if not settings.security_contact:
        raise HTTPException(404)
    expires = (datetime.now(UTC) + _VALID).replace(microsecond=0)
    return PlainTextResponse(
        f"Contact: {settings.security_contact}\n"
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}\n"
        "Preferred-Languages: en, zh\n"
        f"Canonical: {settings.public_url}{_PATH}\n"
    )

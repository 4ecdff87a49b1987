"""What LinkedIn is told about a certificate. Its form is filled in automatically in some browsers
only, so the same fields are also shown for copying."""

from collections.abc import Mapping
from urllib.parse import urlencode

from shared.certificates.issuing.visits import Visit
from shared.events.links import verification_link
from shared.language import N_, translate
from shared.settings import Settings

_FORM = "https://www.linkedin.com/profile/add"


def fields(settings: Settings, seen: Visit, language: str) -> dict[str, str]:
    """The fields of a licence or certification in a profile, by LinkedIn's own names for them.

    Empty while nothing is issued.
    """
    if seen.issued_id is None or seen.issued_on is None:
        return {}
    return {
        "name": translate(N_("Volunteer, {event}"), language, event=seen.issued_event),
        "organizationName": seen.issued_organization or seen.issued_event,
        "issueYear": str(seen.issued_on.year),
        "issueMonth": str(seen.issued_on.month),
        "certId": seen.number,
        "certUrl": verification_link(settings, seen.issued_id),
    }


def link(values: Mapping[str, str]) -> str:
    """Where somebody signed in to LinkedIn adds the certificate to their profile."""
    return f"{_FORM}?{urlencode({'startTask': 'CERTIFICATION_NAME', **values})}"

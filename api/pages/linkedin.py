"""A certificate as an entry of a LinkedIn profile."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from shared.language import N_, Language, translate

_FORM = "https://www.linkedin.com/profile/add"


@dataclass(frozen=True)
class LinkedIn:
    """The fields of a certification on LinkedIn, also to copy: not every browser prefills them."""

    name: str
    organization: str
    issued_on: date
    number: str
    address: str

    @property
    def link(self) -> str:
        """The address at which somebody signed in to LinkedIn adds it to their profile."""
        fields = {
            "startTask": "CERTIFICATION_NAME",
            "name": self.name,
            "organizationName": self.organization,
            "issueYear": self.issued_on.year,
            "issueMonth": self.issued_on.month,
            "certId": self.number,
            "certUrl": self.address,
        }
        return f"{_FORM}?{urlencode(fields)}"

    @classmethod
    def of(
        cls,
        language: Language,
        event: str,
        organization: str,
        issued_on: date,
        number: str,
        address: str,
    ) -> "LinkedIn":
        """Return the entry for a certificate of an event; `address` verifies it."""
        name = translate(N_("Volunteer, {event}"), language, event=event)
        return cls(name, organization or event, issued_on, number, address)

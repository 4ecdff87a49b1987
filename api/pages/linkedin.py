"""What LinkedIn is told about a certificate that somebody adds to their profile."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from shared.language import N_, Language, translate

_FORM = "https://www.linkedin.com/profile/add"


@dataclass(frozen=True)
class LinkedIn:
    """The fields of a licence or certification there, for copying too: its form is filled in
    automatically in some browsers only."""

    name: str
    organization: str
    issued_on: date
    number: str
    address: str

    @property
    def link(self) -> str:
        """Where somebody signed in to LinkedIn adds it to their profile."""
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
        """What is told of a certificate that thanks for an event, where `address` verifies it."""
        name = translate(N_("Volunteer, {event}"), language, event=event)
        return cls(name, organization or event, issued_on, number, address)

"""The organizers' thanks with a certificate, and what its holder says back."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from sqlalchemy.orm import Session

from shared.certificates.issuing.current import current_certificate
from shared.certificates.issuing.making import facts_on
from shared.certificates.issuing.submission import find_volunteer
from shared.errors import ProductError
from shared.language import N_
from shared.rendering.facts import Facts
from shared.rendering.fields.texts import Text
from shared.rendering.layout import Layout
from shared.rendering.text.faces import language_of_letters
from shared.settings import Settings
from shared.storage.clock import database_time
from shared.storage.models import Certificate
from shared.storage.models.volunteer import HAS_SUBMITTED
from shared.storage.sealing.tokens import Seal
from shared.storage.traits import holds

LONGEST_THANKS = 280

# Shorter texts on a sheet are labels, such as “is presented to”.
_SHORTEST = 30


@dataclass(frozen=True)
class Thanks:
    """What the organizers' thanks with a certificate are taken from."""

    # Those on the event's page; empty unless it is published.
    of_page: str
    # Of the sheet, a JSON document.
    layout: str | dict[str, Any]
    facts: Facts

    @classmethod
    def with_certificate(cls, settings: Settings, certificate: Certificate) -> Self:
        event, layout = certificate.event, certificate.design.layout
        of_page = event.page_thanks if event.page_published_at is not None else ""
        return cls(of_page, layout, facts_on(settings, certificate, event))

    @cached_property
    def paragraphs(self) -> list[str]:
        """The thanks of the event's page, otherwise the longest text on the sheet. Empty if there
        are none."""
        if self.of_page:
            return [line.strip() for line in self.of_page.splitlines() if line.strip()]
        texts = [
            field.sample(self.facts).strip()
            for field in Layout.from_json(self.layout).fields
            if isinstance(field, Text) and field.shown and not field.title
        ]
        longest = max(texts, key=len, default="")
        # On the sheet, it may continue the sentence that the name is part of.
        leading = "… " if longest[:1].islower() else ""
        return [f"{leading}{longest}"] if len(longest) >= _SHORTEST else []

    @property
    def language(self) -> str:
        """The language (ISO 639) that their letters tell, otherwise the certificate's."""
        return language_of_letters(" ".join(self.paragraphs)) or self.facts.language


def say_back(session: Session, seal: Seal, token: str, words: str) -> None:
    """Store what the person with the link of `token` says to the organizers. Only the first time
    counts, and nobody else reads it.

    Raises InvitationUnknown, and ProductError for words that are too long, and for somebody without
    a certificate that counts.
    """
    # One line, without characters that change how it is shown.
    said = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    if len(said) > LONGEST_THANKS:
        raise ProductError(N_("Your thanks have more than 280 characters. Shorten them."))
    person = find_volunteer(session, seal, token, lock=True)
    certificate = current_certificate(session, person)
    if certificate is None or certificate.is_void or not holds(HAS_SUBMITTED, person):
        raise ProductError(N_("You have no certificate to say thanks for."))
    if said and person.thanked_at is None:
        person.thanked_at, person.thanks = database_time(session), said

"""What versions before 0.2.0 issued, as 0.2.0 left it: layouts and typesettings as they had stored
them."""

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from shared.storage.models import Certificate, Design, Picture
from tests.support import designing, issued_before
from tests.support.factories import set_picture, small_picture

if TYPE_CHECKING:
    from tests.installations.story import Story

# One that has a mark of Chinese, which was squeezed in PDFs, and one whose letters are apart.
_CASES = ("brackets in two lines", "Burmese with letter spacing")


def tell_of_earlier_versions(story: "Story", first: int) -> int:
    """The id of an event whose certificates version 0.1.0 issued; one of the event `first` is of
    a version after it."""
    event_id = story.live("Spring {Run} 2025")
    story.change(event_id, lambda s, e: set_picture(s, e, small_picture()))
    for number, case in enumerate(_CASES):
        story.change(
            event_id, lambda s, e, case=case: designing.set_layout(s, e, issued_before.layout(case))
        )
        story.send(event_id, f"old{number}@example.org")
        story.submit(event_id, f"old{number}@example.org", "Ana")
        _leave(story, event_id, f"old{number}@example.org", _by_the_first(case))
    _leave(story, first, "dee@example.org", issued_before.stored()["rules 2"])
    return event_id


def _by_the_first(case: str) -> dict[str, Any]:
    """What is stored of a certificate of 0.1.0, with its own template."""
    layout = json.loads(issued_before.layout(case).to_json())
    facts = issued_before.facts(case)
    typesettings = issued_before.stored()["rules 1"][case]
    said = {"name": facts.name, "number": facts.number, "date": facts.date}
    return {"rules": 1, "layout": layout | {"version": 1}, "said": said, **typesettings}


def _leave(story: "Story", event_id: int, email: str, stored: dict[str, Any]) -> None:
    person = story.person(event_id, email)
    with story.installation.database.writing() as session:
        certificate = session.scalars(
            select(Certificate).where(
                Certificate.volunteer_id == person.id, Certificate.replaced_at.is_(None)
            )
        ).one()
        design = session.get_one(Design, certificate.design_id)
        design.layout, rules = stored["layout"], stored["rules"]
        design.typesetting = {"rules": rules, "fields": stored["design"]}
        certificate.typesetting = {"rules": rules, "fields": stored["certificate"]}
        for what, value in stored.get("said", {}).items():
            setattr(certificate, what, value)
        if rules == 1:
            # Too small to be uploaded, but large enough to see every letter.
            template = issued_before.template()
            sha256 = hashlib.sha256(template).hexdigest()
            width, height = issued_before.SIZE
            if session.get(Picture, sha256) is None:
                picture = Picture(
                    sha256=sha256, content=template, media_type="image/png",
                    width=width, height=height,
                )  # fmt: skip
                session.add(picture)
                session.flush()
            design.template_sha256 = sha256

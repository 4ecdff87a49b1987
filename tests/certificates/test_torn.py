"""Names and texts that earlier rules tore apart are found, and issued or set anew on demand."""

import pytest
from sqlalchemy import Select, select

from shared.acts import Tally
from shared.acts.issue_anew import issue_anew
from shared.certificates.designs.changes import TextsSetAnew
from shared.certificates.issuing import chosen
from shared.certificates.issuing.outdated import with_torn_name
from shared.errors import ProductError
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.findings import Level
from shared.log.actor import Actor
from shared.preflight.certificate_check import check_fixed_texts
from shared.rendering.layout import Layout, standard_layout
from shared.storage.models import Certificate, Event, Role, Volunteer
from tests.support import designing
from tests.support.acting import reissue_in_turns
from tests.support.designing import change
from tests.support.issued import issue
from tests.support.torn import SERIF, SERIF_SC, tear

BY = Actor(None, Role.OWNER)
TORN = ["Siobhan O’Brien", "“Kim” Lee", "Ed’"]
WHOLE = ["Ana Lima", "Zoë Čapek’s", "阿力·艾力", "“王小明”", "Ana·Bo"]


def in_song(installation: Installation, event_id: int, *texts: str) -> None:
    layout = standard_layout()
    name = layout.field("name").model_copy(update={"face": "song"})
    box = {"left": 0, "top": 0, "width": 1, "height": 0.2}
    fixed = [
        {"kind": "text", "id": f"text-{n}", "content": text, "box": box, "face": "song"}
        for n, text in enumerate(texts)
    ]
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        fields = [name.model_dump(), *fixed]
        designing.set_layout(session, event, Layout.from_json({"fields": fields}))


def anew(installation: Installation, event_id: int, people: Select[int]) -> Tally:
    return reissue_in_turns(
        installation, event_id, people, mailed=False, by=BY, progress=lambda _: None
    )


@pytest.fixture
def torn(installation: Installation, event_id: int) -> int:
    issue(installation, event_id, [*TORN, *WHOLE])
    in_song(installation, event_id)
    with installation.database.reading() as session:
        people = chosen.in_another_design(session.get_one(Event, event_id))
    anew(installation, event_id, people)
    tear(installation)
    return event_id


def names(installation: Installation, event_id: int) -> list[str]:
    with installation.database.reading() as session:
        people = with_torn_name(session.get_one(Event, event_id))
        found = select(Certificate.name).where(
            Certificate.volunteer_id.in_(people), Certificate.replaced_at.is_(None)
        )
        return sorted(session.scalars(found))


def test_what_was_set_since_marks_are_narrow_is_never_called_torn(
    installation: Installation, torn: int
) -> None:
    with installation.database.writing() as session:
        for one in session.scalars(select(Certificate)):
            one.typesetting = {**(one.typesetting or {}), "rules": 3}
    assert names(installation, torn) == []


def test_only_people_whose_name_is_torn_are_found_and_after_issuing_it_anew_nobody(
    installation: Installation, torn: int
) -> None:
    assert names(installation, torn) == sorted(TORN)
    with installation.database.reading() as session:
        people = with_torn_name(session.get_one(Event, torn))
    done = anew(installation, torn, people)
    assert (done.done, names(installation, torn)) == (3, [])
    with installation.database.reading() as session:
        issued = select(Certificate).where(Certificate.name == TORN[0])
        newest = session.scalars(issued.order_by(Certificate.revision.desc()).limit(1)).one()
        assert SERIF in str(newest.typesetting)
        assert SERIF_SC not in str(newest.typesetting)


def test_one_person_can_have_the_same_name_set_anew_once(
    installation: Installation, torn: int
) -> None:
    def one_more() -> None:
        with installation.database.writing(by=BY) as session:
            found = select(Volunteer).where(Volunteer.given_name == TORN[0])
            person = session.scalars(found).one()
            settings = installation.settings
            issue_anew(session, settings, person, TORN[0], mailed=False)

    one_more()
    with pytest.raises(ProductError, match="would change"):
        one_more()


def test_a_torn_text_of_the_stored_design_is_reported_until_it_is_set_anew(
    installation: Installation, event_id: int
) -> None:
    issue(installation, event_id, ["Ana"])
    in_song(installation, event_id, "St John’s Day", "“志愿者”", "No marks")
    tear(installation)
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        [finding] = check_fixed_texts(session, event)
        assert finding.level is Level.AMBER
        assert "St John’s Day" in finding.said("en")
        before = event.design
        change(session, event, TextsSetAnew())
        assert event.design.version == before.version + 1
        assert event.design.layout == before.layout
        assert check_fixed_texts(session, event) == []
        change(session, event, TextsSetAnew())
        assert event.design.version == before.version + 1

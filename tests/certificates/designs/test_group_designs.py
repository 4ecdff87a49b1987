"""A group has the event's design until it gets its own; issued certificates stay as they are."""

import io

import pytest
from PIL import Image
from sqlalchemy import func, select

from shared import events
from shared.acts.change_value import change_value
from shared.certificates.designs import changes, designs
from shared.certificates.designs.changes import LimitChange, end_own_design
from shared.certificates.designs.event_copy import copy_event
from shared.certificates.issuing import chosen, making, samples, submission
from shared.certificates.issuing.samples import SamplePage
from shared.errors import DesignChanged, NoDesign
from shared.events import groups
from shared.log.actor import AT_THE_MACHINE
from shared.rendering.design import render_preview
from shared.rendering.layout import Layout
from shared.storage.models import Certificate, Design, Event, Group, Volunteer
from shared.volunteers.people.grouping import go_through
from tests.support import designing
from tests.support.acting import issue_in_turns, reissue_in_turns
from tests.support.designing import begin_own_design, change
from tests.support.factories import add, design, invite
from tests.support.grouped import add_group, give_design, grouped_event, groups_of, remove_group
from tests.support.submitting import submit_name

EVERYBODYS = None


def designs_by_person(database, event_id) -> dict[str, str | None]:
    """The group whose design each person's valid certificate has."""
    rows = (
        select(Volunteer.email, Group.name)
        .join(Certificate, Certificate.volunteer_id == Volunteer.id)
        .outerjoin(Group, Group.design_id == Certificate.design_id)
        .where(Certificate.event_id == event_id, Certificate.replaced_at.is_(None))
    )
    with database.reading() as session:
        return {email.partition("@")[0]: name for email, name in session.execute(rows)}


def corner_of(picture: bytes) -> tuple[int, int, int]:
    return Image.open(io.BytesIO(picture)).getpixel((2, 2))


def make_mix(database, event_id) -> None:
    """Speakers have a design of their own, helpers have not, and some are in no group."""
    grouped_event(database, event_id)
    give_design(database, event_id, "speaker", "gold")


def reissue(installation, event_id) -> int:
    with installation.database.reading() as session:
        people = chosen.in_another_design(session.get_one(Event, event_id))
    done = reissue_in_turns(
        installation, event_id, people, mailed=False, by=AT_THE_MACHINE, progress=lambda _: None
    )
    return done.done


def test_issuing_by_the_list_gives_each_their_groups_design(installation, event_id):
    make_mix(installation.database, event_id)
    assert issue_in_turns(installation, event_id) == 4
    expected = {"ana": "speaker", "bo": EVERYBODYS, "cy": EVERYBODYS, "di": EVERYBODYS}
    assert designs_by_person(installation.database, event_id) == expected


def test_it_is_right_before_the_list_was_gone_through(installation, event_id):
    make_mix(installation.database, event_id)
    with installation.database.writing() as session:
        session.get_one(Event, event_id).grouped_until = 0
        for one in session.scalars(select(Volunteer)):
            one.group_id = None
    issue_in_turns(installation, event_id)
    assert designs_by_person(installation.database, event_id)["ana"] == "speaker"


def test_preview_and_submit_show_the_groups_design(installation, event_id):
    database = installation.database
    make_mix(database, event_id)
    tokens = invite(installation, event_id)
    pictures = {}
    with database.reading() as session:
        for one in session.scalars(select(Volunteer)):
            look = making.look_of(session, installation.settings, one, "Somebody")
            pictures[one.email[:2]] = render_preview(*look, 200)
    colours = {name: corner_of(picture) for name, picture in pictures.items()}
    assert colours["bo"] == colours["cy"] == colours["di"] != colours["an"]
    with database.writing() as session:
        token = tokens["ana@example.org"]
        making.make_ready(session, submission.find_volunteer(session, installation.seal, token))
        submit_name(session, installation.settings, installation.seal, token, "Ana")
    assert designs_by_person(database, event_id) == {"ana": "speaker"}


def test_issued_anew_each_stays_in_their_group_and_nobody_gets_two(installation, event_id):
    database = installation.database
    make_mix(database, event_id)
    issue_in_turns(installation, event_id)
    assert reissue(installation, event_id) == 0
    give_design(database, event_id, "speaker", "silver")
    assert reissue(installation, event_id) == 1
    design(database, event_id)
    assert reissue(installation, event_id) == 3
    assert designs_by_person(database, event_id)["ana"] == "speaker"
    assert reissue(installation, event_id) == 0


def test_another_value_changes_a_certificate_only_when_it_is_issued_anew(installation, event_id):
    database = installation.database
    make_mix(database, event_id)
    issue_in_turns(installation, event_id)
    with database.writing() as session:
        events.event_for_change(session, event_id)
        ana = session.scalars(select(Volunteer).order_by(Volunteer.id)).first()
        change_value(session, installation.seal, ana, "role", "helper")
    assert designs_by_person(database, event_id)["ana"] == "speaker"
    with database.reading() as session:
        issued = session.scalars(select(Certificate).order_by(Certificate.volunteer_id)).first()
        assert groups.with_id(issued.event, issued.group_id).name == "speaker"
    assert reissue(installation, event_id) == 1
    assert designs_by_person(database, event_id)["ana"] == EVERYBODYS


def test_of_a_removed_group_everybody_gets_the_events_design(installation, event_id):
    database = installation.database
    make_mix(database, event_id)
    remove_group(database, event_id, "speaker")
    issue_in_turns(installation, event_id)
    assert set(designs_by_person(database, event_id).values()) == {EVERYBODYS}


def test_a_group_goes_its_own_way_from_the_events_design_and_back(database, event_id):
    grouped_event(database, event_id)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        everybodys, speakers = event.design, groups.find_group(event, "speaker")
        own = begin_own_design(session, event, speakers)
        assert designs.fingerprint(own) == designs.fingerprint(everybodys)
        assert begin_own_design(session, event, speakers) is own
        moved = Layout(fields=own_fields(own))
        with pytest.raises(DesignChanged):
            designing.set_layout(session, event, moved, everybodys.version, speakers)
        designing.set_layout(session, event, moved, own.version, speakers)
        assert designs.layout_of(speakers.design) == moved
        assert event.design is everybodys
        end_own_design(session, event, speakers)
        assert groups.design_of(event, speakers) is everybodys
        with pytest.raises(NoDesign):
            designing.set_layout(session, event, moved, group=speakers)


def own_fields(own: Design):
    layout = designs.layout_of(own)
    return tuple(field for field in layout.fields if field.kind == "name")


def test_designs_of_groups_outlive_the_many_placements_of_others(database, event_id, monkeypatch):
    monkeypatch.setattr(changes, "NEWEST_KEPT", 5)
    grouped_event(database, event_id)
    give_design(database, event_id, "speaker", "gold")
    for shade in range(10):
        give_design(database, event_id, "helper", f"rgb({shade}, 0, 0)")
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        assert event.design is not None
        assert groups.find_group(event, "speaker").design is not None
        kept = session.scalar(select(func.count()).select_from(Design))
        assert kept < 10


def test_a_smaller_picture_in_mails_holds_for_the_groups_designs_too(database, event_id):
    make_mix(database, event_id)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        change(session, event, LimitChange(2_000))
        qualities = {event.design.jpeg_quality, *(one.design.jpeg_quality for one in owners(event))}
    assert max(qualities) < 90


def owners(event: Event) -> list[Group]:
    return [group for group in event.groups if group.design]


def test_a_copy_has_the_groups_and_its_own_list_says_who_is_in_them(installation, event_id):
    database = installation.database
    make_mix(database, event_id)
    with database.writing() as session:
        source = events.event_for_change(session, event_id)
        copy_id = copy_event(session, installation.seal, source, name="Run 2027").event.id
        source_design = groups.find_group(source, "speaker").design
        copied = groups.find_group(session.get_one(Event, copy_id), "speaker").design
        assert copied is not source_design
        assert designs.fingerprint(copied) == designs.fingerprint(source_design)
    add(database, copy_id, "email,name,role\neva@example.org,Eva,Speaker\nfay@example.org,Fay,")
    assert groups_of(database, copy_id) == {"eva": "speaker", "fay": None}
    issue_in_turns(installation, copy_id)
    assert designs_by_person(database, copy_id) == {"eva": "speaker", "fay": EVERYBODYS}


def test_a_hundred_groups_each_have_theirs(installation, event_id):
    database = installation.database
    design(database, event_id)
    people = [f"v{n}@example.org,V {n},role {n}" for n in range(100)]
    add(database, event_id, "\n".join(["email,name,role", *people]))
    for n in range(100):
        add_group(database, event_id, "role", f"Role {n}")
    give_design(database, event_id, "Role 0", "gold")
    give_design(database, event_id, "Role 99", "silver")
    assert go_through(database, event_id)
    assert groups_of(database, event_id) == {f"v{n}": f"Role {n}" for n in range(100)}
    issue_in_turns(installation, event_id)
    own = {name: group for name, group in designs_by_person(database, event_id).items() if group}
    assert own == {"v0": "Role 0", "v99": "Role 99"}


def test_the_sample_of_a_group_has_its_design_and_an_id_of_its_own(installation, event_id):
    database, seal = installation.database, installation.seal
    make_mix(database, event_id)
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        speakers = groups.find_group(event, "speaker")
        everybodys = samples.sample_certificate(session, seal, event)
        sample = samples.sample_certificate(session, seal, event, speakers)
        assert sample.design is speakers.design
        found = [
            samples.find_shown(session, seal, one.public_id).design for one in (everybodys, sample)
        ]
        assert found == [event.design, speakers.design]


def test_what_volunteers_see_is_seen_as_a_group_sees_it(installation, event_id):
    database, seal = installation.database, installation.seal
    make_mix(database, event_id)
    with database.reading() as session:
        group_id = groups.find_group(session.get_one(Event, event_id), "speaker").id
        looks = [
            samples.look_of_page(session, installation.settings, seal, page, "Ana")
            for page in (SamplePage(event_id, ""), SamplePage(event_id, "", group_id=group_id))
        ]
    assert looks[1][1].columns["role"] == "speaker"
    papers = [corner_of(render_preview(*look, 200)) for look in looks]
    assert papers[0] != papers[1]

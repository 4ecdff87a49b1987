"""Each step back leads one design further, for everybody and for each group, to those with which a
certificate was made."""

from shared import events
from shared.certificates.designs import designs
from shared.certificates.designs.changes import BringBack
from shared.events import groups
from shared.rendering.layout import standard_layout
from shared.storage.models import Event
from tests.support import factories
from tests.support.designing import begin_own_design, change, set_layout, set_template
from tests.support.drawn_designs import moved
from tests.support.grouped import grouped_event
from tests.support.submitting import submit_name


def place(database, event_id, *steps, group=""):
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        found = groups.find_group(event, group) if group else None
        for step in steps:
            set_layout(session, event, moved(standard_layout(), step), group=found)


def shown(event, group):
    return (groups.find_group(event, group) if group else event).design


def steps_back(database, event_id, group=""):
    """The versions that one step after the other brings back, until there is none."""
    versions = []
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        group_id = groups.find_group(event, group).id if group else None
        while before := designs.way_back(session, event, shown(event, group)):
            change(session, event, BringBack(before.version, group_id=group_id))
            now = shown(event, group)
            assert (now.layout, now.template_sha256) == (before.layout, before.template_sha256)
            versions.append(before.version)
    return versions


def test_each_step_leads_one_design_further_back_and_none_forward(database, event_id):
    factories.design(database, event_id)
    place(database, event_id, 0.1, 0.2)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        set_template(session, event, factories.accepted(factories.small_picture("red")))
    assert steps_back(database, event_id) == [3, 2, 1]
    # What is changed after that is undone first, and leads to where it began.
    place(database, event_id, 0.3)
    assert steps_back(database, event_id) == [7]


def test_a_group_steps_back_through_its_own_designs_and_everybody_through_theirs(
    database, event_id
):
    grouped_event(database, event_id)
    place(database, event_id, 0.1)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        own = begin_own_design(session, event, groups.find_group(event, "speaker")).version
    place(database, event_id, 0.2, group="speaker")
    place(database, event_id, 0.3)
    assert steps_back(database, event_id, "speaker") == [own]
    assert steps_back(database, event_id) == [own - 1, own - 2]


def test_no_step_leads_behind_a_design_with_which_a_certificate_was_made(installation, event_id):
    database = installation.database
    factories.design(database, event_id)
    place(database, event_id, 0.1)
    factories.add(database, event_id, "ana@example.org")
    [token] = factories.invite(installation, event_id).values()
    with database.writing() as session:
        submit_name(session, installation.settings, installation.seal, token, "Ana Souza")
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        assert designs.way_back(session, event, event.design) is None
    place(database, event_id, 0.2, 0.3)
    assert steps_back(database, event_id) == [3, 2]

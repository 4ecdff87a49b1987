"""The certificates of many: reissued, withdrawn, given back, and downloaded with a count."""

import re

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from console.downloads import OFFERS, DownloadState
from console.text import written_size
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.rendering.layout import Box, Layout, standard_layout
from shared.storage.models import Certificate, MailState, Volunteer
from tests.support import designing
from tests.support.colleagues import join
from tests.support.console_screens import (
    Open,
    fail_every_mail,
    fill,
    mails,
    press,
    tick,
    tick_all,
    told,
    undisturbed,
)
from tests.support.factories import add, invite, set_picture, small_picture
from tests.support.issued import issue
from tests.support.torn import tear

NEWEST = "Reissue in newest design"
TORN = "Reissue split names"
NAMES = ["Ana Lima", "Bo Ek", "Ed"]


@pytest.fixture
def three(installation: Installation, event_id: int) -> int:
    issue(installation, event_id, NAMES)
    return event_id


def new_design(installation: Installation, event_id: int) -> None:
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        set_picture(session, event, small_picture("#336699"))


def standing(installation: Installation) -> list[tuple[str, int]]:
    with installation.database.reading() as session:
        found = select(Certificate.name, Certificate.revision).where(
            Certificate.replaced_at.is_(None), Certificate.withdrawn_at.is_(None)
        )
        return sorted((name, revision) for name, revision in session.execute(found))


def offered(screen: AppTest) -> dict[str, str]:
    """The keys of the acts in the bar, by their labels; those for some of them have a number."""
    buttons = [one for one in screen.button if (one.key or "").startswith("volunteers.act.")]
    return {re.sub(r" \(\d+\)$", "", one.label): one.key or "" for one in buttons}


def act(screen: AppTest, label: str) -> AppTest:
    """Open the window of an act of the bar."""
    return undisturbed(screen.button(key=offered(screen)[label]).click().run())


def on_all(open_screen: Open, event_id: int, label: str) -> AppTest:
    """The window of an act for everybody."""
    return act(tick_all(open_screen("volunteers", event_id)), label)


def choose(screen, label: str, option: str):
    radio = next(one for one in screen.radio if one.label == label)
    return undisturbed(radio.set_value(option).run())


def test_all_are_issued_in_the_new_design_once_their_number_is_confirmed(
    open_screen: Open, installation: Installation, three: int
):
    new_design(installation, three)
    screen = on_all(open_screen, three, NEWEST)
    press(screen, "Yes, reissue 3 certificates")
    assert standing(installation) == [("Ana Lima", 2), ("Bo Ek", 2), ("Ed", 2)]
    kinds = [mail.kind for mail in mails(installation.database, three)]
    assert kinds.count("certificate") == 6
    # Nobody's certificate is in another one any more, so that it is not offered.
    assert NEWEST not in offered(tick_all(open_screen("volunteers", three)))


def test_who_has_a_torn_name_gets_it_anew(
    open_screen: Open, installation: Installation, event_id: int
):
    issue(installation, event_id, ["Kim O’Brien", "Bo Ek"])
    with installation.database.writing() as session:
        layout = standard_layout()
        name = layout.field("name").model_copy(update={"face": "song"})
        event = event_for_change(session, event_id)
        designing.set_layout(session, event, Layout(fields=(name,)))
    press(on_all(open_screen, event_id, NEWEST), "Yes, reissue 2 certificates")
    tear(installation)
    press(on_all(open_screen, event_id, TORN), "Yes, reissue 1 certificate")
    assert standing(installation) == [("Bo Ek", 2), ("Kim O’Brien", 3)]
    assert TORN not in offered(tick_all(open_screen("volunteers", event_id)))


def test_two_sentences_in_chinese_have_no_blank_between_them(
    open_screen: Open, installation: Installation, event_id: int
):
    issue(installation, event_id, ["Ed", "Maximiliana Bartholomea Featherstonehaugh"])
    with installation.database.writing() as session:
        layout = standard_layout()
        narrow = Box(left=0.4, top=0.4, width=0.08, height=0.05)
        name = layout.field("name").model_copy(update={"box": narrow})
        event = event_for_change(session, event_id)
        designing.set_layout(session, event, Layout(fields=(name,)))
    screen = open_screen("volunteers", event_id, language="zh")
    screen = tick_all(screen)
    screen = undisturbed(screen.button(key="volunteers.act.reissue").click().run())
    screen = undisturbed(screen.button(key="volunteers.many.reissue").click().run())
    said = "已颁发 1 张证书。有 1 个姓名在新设计里放不下，已标出，原证书保留。"
    assert told(screen) == [said]


def test_those_whom_the_table_shows_are_withdrawn_and_given_back(
    open_screen: Open, installation: Installation, three: int
):
    screen = open_screen("volunteers", three)
    screen.text_input(key="search").set_value("bo")
    # One alone is ticked by their tick.
    screen = tick(undisturbed(screen.run()), three, ids(installation)[1])
    screen = press(act(screen, "Withdraw"), "Yes, withdraw 1 certificate")
    assert any("must give a reason" in error.value for error in screen.error)
    fill(screen, "Reason (shown to them)", "Was not there")
    press(screen, "Yes, withdraw 1 certificate")
    assert standing(installation) == [("Ana Lima", 1), ("Ed", 1)]
    screen = on_all(open_screen, three, "Undo withdrawals")
    press(screen, "Yes, restore 1 certificate")
    assert len(standing(installation)) == 3


def ids(installation: Installation) -> list[int]:
    with installation.database.reading() as session:
        return list(session.scalars(select(Volunteer.id).order_by(Volunteer.id)))


def test_those_who_are_ticked_are_withdrawn(
    open_screen: Open, installation: Installation, three: int
):
    first, _, last = ids(installation)
    screen = tick(open_screen("volunteers", three), three, first, last)
    screen = act(screen, "Withdraw")
    fill(screen, "Reason (shown to them)", "Was not there")
    press(screen, "Yes, withdraw 2 certificates")
    assert standing(installation) == [("Bo Ek", 1)]


def test_what_only_some_of_the_ticked_allow_says_how_many_and_what_none_allows_is_not_offered(
    open_screen: Open, installation: Installation, three: int
):
    add(installation.database, three, "dee@example.org")
    screen = tick(open_screen("volunteers", three), three, *ids(installation)[2:])
    labels = [one.label for one in screen.button if (one.key or "").startswith("volunteers.act.")]
    assert labels == ["Withdraw (1)", "Remove from the list (1)"]
    assert "**2 ticked**" in [one.value for one in screen.markdown]
    screen = tick(screen, three, ids(installation)[3])
    assert list(offered(screen)) == ["Remove from the list"]


def test_mails_that_failed_are_sent_again_to_who_is_ticked(
    open_screen: Open, installation: Installation, listed: int
):
    invite(installation, listed)
    fail_every_mail(installation.database, listed, MailState.FAILED)
    screen = tick(open_screen("volunteers", listed), listed, ids(installation)[1])
    press(act(screen, "Resend failed mails"), "Yes, send 1 mail again")
    states = [mail.state for mail in mails(installation.database, listed)]
    assert states == [MailState.FAILED, MailState.QUEUED]


def test_a_helper_issues_and_downloads_but_withdraws_nothing(
    open_screen: Open, installation: Installation, three: int
):
    key = join(installation.database, three, "Bo", "helper")
    new_design(installation, three)
    screen = tick_all(open_screen("volunteers", three, token=key))
    assert list(offered(screen)) == [NEWEST]


def test_the_window_says_how_many_and_how_large_and_leads_to_the_file(
    open_screen: Open, installation: Installation, three: int
):
    screen = press(open_screen("volunteers", three), "Certificates")
    assert any("3 certificates, about" in one.value for one in screen.caption)
    found = OFFERS.find(address(screen).split("/")[2])
    assert found
    assert (found.order.event_id, found.state) == (three, DownloadState.READY)
    screen = choose(screen, "Format", "One PDF for printing")
    assert address(screen).endswith(".pdf")


def address(screen: AppTest) -> str:
    """Where the link to the certificates leads; the screen has links to its tables, too."""
    addresses = [link.proto.url for link in screen.get("link_button")]
    (found,) = [one for one in addresses if one.rpartition("/")[2].startswith("certificates.")]
    return found


@pytest.mark.parametrize(
    ("size", "told"),
    [(1_290_000_000, "1.3 GB"), (13_000_000_000, "13 GB"), (2_040_000, "2 MB"), (900, "1 KB")],
)
def test_sizes_are_written_as_people_read_them(size: int, told: str):
    assert written_size(size) == told


def left(installation: Installation) -> list[str]:
    with installation.database.reading() as session:
        return list(session.scalars(select(Volunteer.email).order_by(Volunteer.id)))


def open_removal(open_screen: Open, event_id: int, search: str = ""):
    screen = open_screen("volunteers", event_id)
    if search:
        screen.text_input(key="search").set_value(search)
        screen = undisturbed(screen.run())
    return act(tick_all(screen), "Remove from the list")


def test_those_whom_the_table_shows_are_removed_and_who_has_something_is_told_apart(
    open_screen: Open, installation: Installation, three: int
):
    add(installation.database, three, "di@example.net\nfay@example.net\ngil@example.org")
    holders = left(installation)[:3]
    screen = open_removal(open_screen, three, "example")
    assert any("3 people already have" in one.value for one in screen.caption)
    screen = open_removal(open_screen, three, "example.net")
    press(screen, "Yes, remove 2 people")
    assert left(installation) == [*holders, "gil@example.org"]


def test_more_than_fifty_are_removed_once_their_number_was_typed(
    open_screen: Open, installation: Installation, event_id: int
):
    add(installation.database, event_id, "\n".join(f"v{n}@example.org" for n in range(51)))
    screen = open_removal(open_screen, event_id)
    button = next(one for one in screen.button if one.label == "Yes, remove 51 people")
    assert button.disabled
    fill(screen, "To remove them, type their number: 51", "5")
    screen = undisturbed(screen.run())
    assert next(one for one in screen.button if one.label == "Yes, remove 51 people").disabled
    fill(screen, "To remove them, type their number: 51", "51")
    press(undisturbed(screen.run()), "Yes, remove 51 people")
    assert left(installation) == []


def test_all_of_a_filter_are_selected_instead_of_those_ticked_on_this_page(
    open_screen: Open, installation: Installation, event_id: int
):
    add(installation.database, event_id, "\n".join(f"v{n}@example.org" for n in range(60)))
    screen = open_screen("volunteers", event_id)
    screen.text_input(key="search").set_value("v1")
    screen = undisturbed(screen.run())
    screen = act(tick_all(screen), "Remove from the list")
    press(screen, "Yes, remove 11 people")
    assert len(left(installation)) == 49

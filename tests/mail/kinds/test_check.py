"""People whose name is on the list are asked to check it, as long as there is time."""

from datetime import date, timedelta

import pytest

from shared.dates import written_date
from shared.language import LANGUAGES
from shared.mail.kinds import registry, texts
from shared.mail.kinds.invitation import CHECK, INVITATION
from shared.mail.kinds.registry import Kind
from shared.mail.kinds.reminder import CHECK_REMINDER, REMINDER
from shared.storage.models import Event, Naming, Status, Volunteer, now
from tests.support.composed import ADDRESSING, LINK, compose_asking, event_of, read, text_of

SOON = date.today() + timedelta(days=5)


def checking(**changes) -> Event:
    zone = {"naming": Naming.CHECK, "names_until": SOON, "time_zone": "Asia/Shanghai"}
    return event_of(**zone | {"corrections_allowed": True} | changes)


def person(**changes) -> Volunteer:
    values = {"listed_name": "Ana Silva", "given_name": "", "status": Status.NEW}
    return Volunteer(number="1", columns={}, **values | changes)


def body(event: Event, volunteer: Volunteer, kind: Kind = INVITATION) -> str:
    return text_of(read(compose_asking(event, volunteer, LINK, ADDRESSING, kind=kind)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [INVITATION, REMINDER], ids=lambda kind: kind.name)
def test_it_says_which_name_and_until_when_in_both_languages(kind: Kind, language: str) -> None:
    text = body(checking(language=language), person(), kind)
    assert "“Ana Silva”" in text
    assert written_date(SOON, language) in text
    assert LINK in text
    assert ("Look at it here" in text or "you can" in text) == (language == "en")
    assert "{" not in text


def test_who_has_no_name_on_the_list_is_asked_for_one() -> None:
    assert "Tell us the name" in body(checking(), person(listed_name=""))


@pytest.mark.parametrize(
    "changes", [{"status": Status.MAILED}, {"reopened_at": now()}], ids=["mailed", "reopened"]
)
def test_who_is_to_enter_a_name_is_not_told_that_there_is_nothing_to_do(changes) -> None:
    assert "nothing to do" not in body(checking(), person(**changes))


def test_when_the_day_is_over_nobody_reads_of_it() -> None:
    late = checking(names_until=date.today() - timedelta(days=2))
    assert "nothing to do" not in body(late, person())


def test_where_everybody_is_asked_nobody_reads_of_a_day() -> None:
    assert "nothing to do" not in body(event_of(naming=Naming.ASK), person())


def test_an_organizers_own_words_for_it_count() -> None:
    own = {"check": {"subject": "Hi", "body": "Look, {name}, until {until}: {link}"}}
    text = body(checking(wording=own), person())
    assert text.startswith(f"Look, Ana Silva, until {written_date(SOON, 'en')}: {LINK}")


def test_its_texts_are_those_of_events_that_let_people_check() -> None:
    assert {CHECK, CHECK_REMINDER} <= set(registry.editable(checking()))
    assert not {CHECK, CHECK_REMINDER} & set(registry.texts(event_of(naming=Naming.ASK)))
    assert registry.kind_of("check") is CHECK


@pytest.mark.parametrize("kind", [CHECK, CHECK_REMINDER], ids=lambda kind: kind.name)
def test_its_preview_is_whole(kind: Kind) -> None:
    shown = texts.preview(checking(), kind)
    assert "{" not in shown.text
    assert "Check my name" in shown.html

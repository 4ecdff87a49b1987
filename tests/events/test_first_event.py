"""The event of the first start says what it is for, in the language of the person who started
it."""

from pathlib import Path

import pytest

from shared.events.installation import chosen_event, open_installation
from shared.settings import Settings
from tests.support.console_screens import Open

FIRST = 1


@pytest.mark.parametrize(
    ("language", "purpose"),
    [
        ("en", "to try everything out, or to be renamed"),
        ("zh", "可以用来试用，也可以改名后正式使用"),
    ],
)
@pytest.mark.parametrize("screen", ["events", "overview"])
def test_the_first_event_says_what_it_is_for_and_others_do_not(
    open_screen: Open, event_id: int, screen: str, language: str, purpose: str
):
    of_first = [one.value for one in open_screen(screen, FIRST, language=language).caption]
    assert sum(purpose in words for words in of_first) == 1
    of_other = [one.value for one in open_screen("overview", event_id, language=language).caption]
    assert not any(purpose in words for words in of_other)


@pytest.mark.parametrize(
    ("locale", "language"), [("en_GB.UTF-8", "en"), ("zh_CN.UTF-8", "zh"), ("C.UTF-8", "zh")]
)
def test_the_first_event_has_the_language_of_whoever_starts_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locale: str, language: str
):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    settings = Settings(_env_file=None, data_dir=tmp_path, database_url="")
    installation = open_installation(settings)
    with installation.database.reading() as session:
        assert chosen_event(session, None).language == language
    installation.database.close()

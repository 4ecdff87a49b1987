"""The first start, and who may open what."""

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from shared.access.keys import is_owner
from shared.errors import EventUnknown, KeysWrong, SettingRefused
from shared.events.installation import chosen_event
from shared.events.opening import has_owner_token, open_installation, take_owner_token
from shared.storage.models import Event, Owner
from shared.storage.sealing.tokens import token_hash
from tests.conftest import OWNER_TOKEN
from tests.support import factories
from tests.support.processes import in_processes, plain_settings


def first_start(database_url, data_dir) -> str:
    """The token that this process's start has left to be shown."""
    open_installation(plain_settings(database_url, data_dir)).database.close()
    return take_owner_token(data_dir) or ""


def test_the_first_start_makes_an_owner_and_a_default_event(database):
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Owner)) == 1
        assert chosen_event(session, None).name == "Volunteers"


def test_a_token_waits_after_the_first_start_only_and_opens_everything(database_url, tmp_path):
    token = first_start(database_url, tmp_path)
    assert first_start(database_url, tmp_path) == ""
    opened = open_installation(plain_settings(database_url, tmp_path))
    with opened.database.reading() as session:
        assert is_owner(session, token)
    opened.database.close()


def test_a_token_of_the_first_start_goes_when_another_is_set(database_url, tmp_path):
    open_installation(plain_settings(database_url, tmp_path)).database.close()
    assert has_owner_token(tmp_path)
    chosen = plain_settings(database_url, tmp_path, admin_token=OWNER_TOKEN)
    open_installation(chosen).database.close()
    assert take_owner_token(tmp_path) is None


def test_of_processes_that_start_first_at_once_one_leaves_the_one_token(database_url, tmp_path):
    left = in_processes(first_start, [(database_url, tmp_path)] * 3)
    [token] = [words for words in left if words]
    opened = open_installation(plain_settings(database_url, tmp_path))
    with opened.database.reading() as session:
        assert is_owner(session, token)
        assert session.scalars(select(func.count()).select_from(Event)).one() == 1
    opened.database.close()


def test_a_token_in_the_settings_replaces_the_one_before(installation, settings):
    changed = settings.model_copy(update={"admin_token": None})
    open_installation(changed).database.close()  # without one, the old one stays
    with installation.database.reading() as session:
        assert is_owner(session, OWNER_TOKEN)
    another = "another-token-of-the-owner"
    changed = plain_settings(settings.database_url, settings.data_dir, admin_token=another)
    open_installation(changed).database.close()
    with installation.database.reading() as session:
        assert is_owner(session, another)
        assert not is_owner(session, OWNER_TOKEN)
        assert session.scalars(select(func.count()).select_from(Event)).one() == 1


def test_a_key_that_is_lost_is_never_replaced_without_a_word(installation, event_id):
    factories.add(installation.database, event_id, "ana@example.org")
    factories.invite(installation, event_id)
    settings = installation.settings
    key_file = settings.data_dir / "secret.key"
    key = key_file.read_text()
    key_file.unlink()
    with pytest.raises(SettingRefused, match="Put the old"):
        open_installation(settings)
    assert not key_file.exists()
    # Another key opens nothing of it.
    anew = settings.model_copy(update={"secret_keys": SecretStr("a new key")})
    with pytest.raises(KeysWrong, match="SECRET_KEYS: this is not the key"):
        open_installation(anew)
    key_file.write_text("a new key\n")
    with pytest.raises(KeysWrong, match=str(key_file)):
        open_installation(settings)
    key_file.write_text(key)
    open_installation(settings).database.close()


@pytest.mark.parametrize("token", ["t" * 129, " ", "nineteen-characters", ""])
def test_an_owners_token_that_cannot_be_used_is_refused_by_name(token, tmp_path, database_url):
    with pytest.raises(SettingRefused, match="ADMIN_TOKEN"):
        open_installation(plain_settings(database_url, tmp_path, admin_token=token))


def test_a_short_token_that_is_in_use_goes_on_with_a_warning(installation, settings, caplog):
    with installation.database.writing() as session:
        session.get_one(Owner, 1).admin_token_hash = token_hash("short")
    used = settings.model_copy(update={"admin_token": SecretStr("short")})
    open_installation(used).database.close()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "ADMIN_TOKEN: has fewer than 20 characters" in caplog.text
    assert "short" not in caplog.text
    with installation.database.reading() as session:
        assert is_owner(session, "short")
    with pytest.raises(SettingRefused, match="at least 20 characters"):
        open_installation(settings.model_copy(update={"admin_token": SecretStr("other")}))


def test_an_event_that_does_not_exist_is_unknown(database):
    with database.reading() as session, pytest.raises(EventUnknown):
        chosen_event(session, 999)

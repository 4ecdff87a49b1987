"""Settings work without any, and one that cannot be used is named."""

import pytest

from shared.errors import SettingRefused
from shared.installation import open_installation
from shared.settings import Settings, settings
from tests.processes import plain_settings


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch, tmp_path):
    """No variable of this machine and no `.env` reaches the settings."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_everything_has_a_default_that_works_on_one_machine(tmp_path):
    found = settings()
    assert (found.host, found.api_port, found.console_port) == ("127.0.0.1", 8000, 8501)
    assert found.database_url == f"sqlite:///{tmp_path}/data/certs.sqlite3"
    assert found.public_url == "http://127.0.0.1:8000"
    assert found.console_url == "http://127.0.0.1:8501"
    assert found.admin_token is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("API_PORT", "eight thousand"),
        ("API_PORT", "0"),
        ("CONSOLE_PORT", "65536"),
        ("DATABASE_URL", "postgres://localhost/certs"),
        ("DATABASE_URL", "mysql://localhost/certs"),
        ("PUBLIC_URL", "certificates.example.org"),
        ("CONSOLE_URL", "ftp://example.org"),
        ("WORKER_SLOTS", "0"),
        ("MAIL_TIMEOUT", "-1"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_the_name_of_its_variable(
    monkeypatch, name, value
):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingRefused) as refusal:
        settings()
    assert refusal.value.details["field"] == name
    assert refusal.value.details["reason"]


def test_an_empty_variable_counts_as_none(monkeypatch):
    monkeypatch.setenv("API_PORT", "")
    monkeypatch.setenv("ADMIN_TOKEN", "")
    assert settings().api_port == 8000
    assert settings().admin_token is None


def test_an_env_file_is_read_and_the_environment_comes_before_it(monkeypatch, tmp_path):
    (tmp_path / ".env").write_text("API_PORT=8100\nCONSOLE_PORT=8600\nSOMETHING_ELSE=1\n")
    monkeypatch.setenv("API_PORT", "8200")
    assert (settings().api_port, settings().console_port) == (8200, 8600)


def test_links_follow_the_port_and_have_one_slash(monkeypatch):
    monkeypatch.setenv("API_PORT", "8200")
    assert settings().public_url == "http://127.0.0.1:8200"
    settings.cache_clear()
    monkeypatch.setenv("PUBLIC_URL", "https://example.org/certs/")
    assert settings().public_url == "https://example.org/certs"


def test_secrets_are_not_shown_when_settings_are_printed(monkeypatch):
    monkeypatch.setenv("ADMIN_TOKEN", "the-owner-token")
    monkeypatch.setenv("SECRET_KEYS", "the-key")
    assert "the-owner-token" not in repr(settings())
    assert "the-key" not in repr(settings())


@pytest.mark.parametrize("folder", ["数据", "with blank", "100%", "a#b", "a+b"])
def test_the_data_may_lie_in_a_folder_of_any_name(folder, tmp_path):
    opened = open_installation(plain_settings("", tmp_path / folder, admin_token="owner"))
    opened.database.close()
    names = sorted(file.name for file in (tmp_path / folder).iterdir())
    assert [name for name in names if "-" not in name] == ["certs.sqlite3", "secret.key"]


def test_a_password_file_fills_the_password_into_the_database_address(monkeypatch, tmp_path):
    (tmp_path / "password").write_text("p@ss/word\n")
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://certs@db/certs")
    monkeypatch.setenv("DATABASE_PASSWORD_FILE", str(tmp_path / "password"))
    assert settings().database_url == "postgresql+psycopg://certs:p%40ss%2Fword@db/certs"

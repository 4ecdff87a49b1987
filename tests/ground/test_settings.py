"""Settings work without any, and one that cannot be used is named."""

from pathlib import Path

import pytest
import yaml
from pydantic import SecretStr

from shared.errors import SettingRefused
from shared.events.opening import open_installation
from shared.settings import Settings, settings
from tests.support.processes import plain_settings

ROOT = Path(__file__).parents[2]
SECRETS = [
    name for name, field in Settings.model_fields.items() if field.annotation == SecretStr | None
]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch, tmp_path):
    """No variable of this machine and no `.env` reaches the settings."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(f"{name.upper()}_FILE", raising=False)
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
    ("host", "shown"),
    [
        ("0.0.0.0", "127.0.0.1"),
        ("192.0.2.7", "192.0.2.7"),
        ("::", "[::1]"),
        ("2001:db8::7", "[2001:db8::7]"),
    ],
)
def test_addresses_are_those_at_which_the_services_answer(monkeypatch, host, shown):
    monkeypatch.setenv("HOST", host)
    assert settings().public_url == f"http://{shown}:8000"
    assert settings().console_url == f"http://{shown}:8501"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("API_PORT", "eight thousand"),
        ("API_PORT", "0"),
        ("CONSOLE_PORT", "65536"),
        ("DATABASE_URL", "postgres://localhost/certs"),
        ("DATABASE_URL", "mysql://localhost/certs"),
        ("DATABASE_URL", "postgresql+psycopg://u:p@127.0.0.1:abc/certs"),
        ("PUBLIC_URL", "certificates.example.org"),
        ("PUBLIC_URL", "http://"),
        ("PUBLIC_URL", "http://exa mple.org"),
        ("PUBLIC_URL", "https://example.org?x=1"),
        ("PUBLIC_URL", "https://example.org/#top"),
        ("PUBLIC_URL", "https://example.org:port"),
        ("TRUSTED_PROXIES", "localhost"),
        ("TRUSTED_PROXIES", "10.0.0.0/8, 10.0.0.1/33"),
        ("CONSOLE_URL", "ftp://example.org"),
        ("OIDC_ISSUER", "login.example.org"),
        ("OIDC_ISSUER", "http://login.example.org"),
        ("OIDC_OWNERS", "4711"),
        ("OIDC_OWNERS", "https://login.example.org 4711, https://login.example.org"),
        ("WORKER_SLOTS", "0"),
        ("SECURITY_CONTACT", "security@example.org"),
        ("SECURITY_CONTACT", "https://example.org\nAcknowledgments: x"),
        ("MAIL_TIMEOUT", "-1"),
        ("REPORTS_WITHIN", "0"),
        ("LOOK_PATIENCE", "-1"),
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


def refusal_of(monkeypatch, **variables: str) -> str:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingRefused) as refusal:
        settings()
    return str(refusal.value)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("API_PORT", "eighty", "must be a whole number from 1 to 65535"),
        ("CONSOLE_PORT", "65536", "must be a whole number from 1 to 65535"),
        ("WORKER_SLOTS", "1.5", "must be a whole number from 1 to 64"),
        ("MAIL_TIMEOUT", "0", "must be a number of seconds above 0, at most 120"),
        ("LOG_FORMAT", "yaml", "must be text or json"),
    ],
)
def test_what_a_value_must_be_is_said_in_words(monkeypatch, name, value, words):
    assert refusal_of(monkeypatch, **{name: value}) == f"{name}: {words}"


def test_two_services_cannot_have_one_port(monkeypatch):
    words = refusal_of(monkeypatch, API_PORT="8700", CONSOLE_PORT="8700")
    assert words == "CONSOLE_PORT: must be another port than API_PORT"


def test_a_file_cannot_be_the_folder_for_the_data(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    assert refusal_of(monkeypatch, DATA_DIR="file") == "DATA_DIR: is a file, and must be a folder"


@pytest.mark.parametrize("rest", ["@127.0.0.1/certs", "/x@127.0.0.1/certs", "?x@127.0.0.1/certs"])
def test_no_part_of_a_password_with_an_at_sign_is_repeated(monkeypatch, rest):
    words = refusal_of(monkeypatch, DATABASE_URL=f"postgresql+psycopg://u:ge@heim123{rest}")
    assert "write @ in a password as %40" in words
    assert "heim" not in words


def test_trusted_networks_are_kept_as_the_servers_understand_them(monkeypatch):
    monkeypatch.setenv("TRUSTED_PROXIES", "127.0.0.1/8, ::1,10.1.2.3")
    assert settings().trusted_proxies == "127.0.0.0/8,::1/128,10.1.2.3/32"


def test_an_environment_file_that_is_no_text_is_named(monkeypatch, tmp_path):
    (tmp_path / ".env").write_bytes("ADMIN_TOKEN=käse".encode("latin-1"))
    assert refusal_of(monkeypatch) == ".env: must be a text in UTF-8"


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
    opened = open_installation(
        plain_settings("", tmp_path / folder, admin_token="owner-token-of-the-tests")
    )
    opened.database.close()
    names = sorted(file.name for file in (tmp_path / folder).iterdir())
    assert [name for name in names if "-" not in name] == ["certs.sqlite3", "secret.key"]


def test_a_password_in_a_file_is_filled_into_the_database_address(monkeypatch, tmp_path):
    (tmp_path / "password").write_text("p@ss/word\n")
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://certs@db/certs")
    monkeypatch.setenv("DATABASE_PASSWORD_FILE", str(tmp_path / "password"))
    assert settings().database_url == "postgresql+psycopg://certs:p%40ss%2Fword@db/certs"


@pytest.mark.parametrize("name", SECRETS)
def test_each_secret_may_lie_in_a_file(name, monkeypatch, tmp_path):
    secret = f"{'https' if name == 'notify' else 'smtps'}://user:s3cret@mail.example.org"
    (tmp_path / "secret").write_text(f"{secret}\n")
    monkeypatch.setenv(f"{name.upper()}_FILE", str(tmp_path / "secret"))
    assert getattr(settings(), name).get_secret_value() == secret


def test_a_file_named_in_dot_env_is_read_too(tmp_path):
    (tmp_path / "secret").write_text("s3cret-of-the-file\n")
    (tmp_path / ".env").write_text("SECRET_KEYS=another\nSECRET_KEYS_FILE=secret\n")
    assert settings().secret_keys.get_secret_value() == "s3cret-of-the-file"


@pytest.mark.parametrize("file", ["no-text", "missing", "."])
def test_a_file_of_a_secret_that_cannot_be_read_is_named(file, monkeypatch, tmp_path):
    (tmp_path / "no-text").write_bytes(b"\xff\xfe")
    words = refusal_of(monkeypatch, ADMIN_TOKEN_FILE=file)
    assert words == "ADMIN_TOKEN_FILE: cannot be read"


def test_every_setting_is_described_and_reaches_the_containers():
    described = (ROOT / ".env.example").read_text("utf-8")
    overview = (ROOT / "docs/settings.md").read_text("utf-8")
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    inside = compose["services"]["api"]["environment"]
    for name in map(str.upper, Settings.model_fields):
        assert f"#{name}=" in described
        assert f"`{name}`" in overview
        # Where a container listens and keeps its data is no choice of whoever runs it.
        fixed = {"HOST", "PORT", "API_PORT", "CONSOLE_PORT", "DATA_DIR", "DATABASE_PASSWORD"}
        assert name in inside or name in fixed
    for name in map(str.upper, SECRETS):
        assert f"{name}_FILE" in inside


def test_trusted_networks_of_mail_servers_are_networks(monkeypatch):
    monkeypatch.setenv("TRUSTED_NETWORKS", "10.0.0.1/8, fd00::/8")
    assert settings().trusted_networks == "10.0.0.0/8,fd00::/8"
    assert settings().organizers_reach.resolve("10.9.8.7", 25) == ["10.9.8.7"]


def test_trusted_networks_that_are_none_are_refused_in_a_sentence(monkeypatch):
    words = refusal_of(monkeypatch, TRUSTED_NETWORKS="intranet")
    assert words.startswith("TRUSTED_NETWORKS: must be addresses or networks like")


@pytest.mark.parametrize("missing", ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"])
def test_an_organizations_sign_in_is_set_up_whole_or_not_at_all(monkeypatch, missing: str):
    monkeypatch.setenv("OIDC_ISSUER", "https://login.example.org")
    for name in {"OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"} - {missing}:
        monkeypatch.setenv(name, "given")
    with pytest.raises(SettingRefused) as refusal:
        settings()
    assert refusal.value.details["field"] == missing


def test_owners_are_pairs_of_issuer_and_subject(monkeypatch):
    pairs = "https://login.example.org 4711, https://other.example.org/realm auth0|12"
    monkeypatch.setenv("OIDC_OWNERS", pairs)
    assert settings().owners_identities == {
        ("https://login.example.org", "4711"),
        ("https://other.example.org/realm", "auth0|12"),
    }

"""The settings of an installation, read once from the environment or from `.env`."""

import re
from datetime import timedelta
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from shared.dates import known_zone, zone_of_this_machine
from shared.destinations import Reach, parts_of_site
from shared.errors import SettingRefused
from shared.language import N_, Language

# A whole hand-over may take three time-outs.
_LEASE_IN_TIMEOUTS = 5
THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
_SOURCE = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)


def _whole_number(default: int | None, least: int, most: int) -> Any:
    words = f"must be a whole number from {least} to {most}"
    return Field(default, ge=least, le=most, description=words)


def _seconds(default: float, most: int) -> Any:
    words = f"must be a number of seconds above 0, at most {most}"
    return Field(default, gt=0, le=most, description=words)


class _SecretFiles(PydanticBaseSettingsSource):
    """Secrets in files that `NAME_FILE` names, as container engines provide them."""

    def __init__(self, settings_cls: type[BaseSettings], *named_in: EnvSettingsSource) -> None:
        super().__init__(settings_cls)
        self.named = {name: value for source in named_in for name, value in source.env_vars.items()}

    def __call__(self) -> dict[str, Any]:
        """Return the secrets in the files. Raises SettingRefused for one that cannot be read."""
        secrets = {}
        for name, field in self.settings_cls.model_fields.items():
            file = self.named.get(f"{name}_file")
            if file and field.annotation == SecretStr | None:
                try:
                    secrets[name] = Path(file).read_text(encoding="utf-8").strip()
                except (OSError, UnicodeDecodeError):
                    where = f"{name}_file".upper()
                    raise SettingRefused(field=where, reason=N_("cannot be read")) from None
        return secrets

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        raise NotImplementedError("every value is read at once")


def _issuer(value: str) -> str:
    if value and not _is_address_of_a_site(value):
        raise ValueError("must be an address like https://login.example.org")
    # Otherwise anybody on the network path could answer in the provider's name (OpenID Connect
    # Core, 16.17).
    if value.startswith("http:") and urlsplit(value).hostname not in THIS_MACHINE:
        raise ValueError("must begin with https://")
    return value


def _web_address(value: str) -> str:
    if value and not _is_address_of_a_site(value):
        raise ValueError("must be an address like https://certificates.example.org")
    return value.rstrip("/")


def _folder(value: Path) -> Path:
    if value.is_file():
        raise ValueError("is a file, and must be a folder")
    return value


def _mail_server(value: SecretStr | None) -> SecretStr | None:
    parts = parts_of_site(value.get_secret_value()) if value else None
    if value and (parts is None or parts.scheme not in ("smtp", "smtps")):
        raise ValueError("must be like smtps://user:password@mail.example.org")
    return value


def _address_of_notices(value: SecretStr | None) -> SecretStr | None:
    if value and not re.fullmatch(r"(mailto:[^@\s]+@|https?://)[!-~]+", value.get_secret_value()):
        raise ValueError(
            "must be an address like mailto:admin@example.org or https://chat.example.org"
        )
    return value


def _supported_database(value: str) -> str:
    if not value:
        return value
    # Loaded only if there is an address: it takes as long as `certs render` for a few names.
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("must start with sqlite:/// or postgresql+psycopg://")
    # The password would end at the first one, and its rest become a host, which errors show.
    if value.startswith("postgresql") and value.count("@") > 1:
        raise ValueError("has more than one @: write @ in a password as %40")
    try:
        make_url(value)
    except (ArgumentError, ValueError):
        raise ValueError("is no address of a database: look at the port in it") from None
    return value


def _networks(value: str) -> str:
    networks = [part.strip() for part in value.split(",") if part.strip()]
    try:
        # With bits beyond the mask, as in 127.0.0.1/8, servers would ignore a network.
        return ",".join(str(ip_network(network, strict=False)) for network in networks)
    except ValueError:
        raise ValueError(
            "must be addresses or networks like 127.0.0.1 and 10.0.0.0/8, separated by commas"
        ) from None


_Issuer = Annotated[str, AfterValidator(_issuer)]
_Networks = Annotated[str, AfterValidator(_networks)]
_Site = Annotated[str, AfterValidator(_web_address)]


class Settings(BaseSettings):
    """The settings, each with a default that works on one machine; `.env.example` explains them.

    A description says what a value must be if the validation error would be no sentence.
    """

    model_config = _SOURCE

    host: str = "127.0.0.1"
    api_port: int = _whole_number(8000, 1, 65535)
    console_port: int = _whole_number(8501, 1, 65535)
    # For `certs serve`, on hosts that give one port.
    port: int | None = _whole_number(None, 1, 65535)
    data_dir: Annotated[Path, AfterValidator(_folder)] = Path("data")
    database_url: Annotated[str, AfterValidator(_supported_database)] = ""
    database_password: SecretStr | None = None
    admin_token: SecretStr | None = None
    public_url: _Site = ""
    console_url: _Site = ""
    # Not LANGUAGE, which is gettext's and set by desktops.
    default_language: Language = Field("en", description="must be en or zh")
    # For events that are made without one; empty for this machine's (see `home_zone`).
    default_time_zone: Annotated[str, AfterValidator(lambda name: name and known_zone(name))] = ""
    secret_keys: SecretStr | None = None
    trusted_proxies: _Networks = ""
    security_contact: str = Field(
        "",
        pattern=r"^((mailto:|tel:|https://)[!-~]+)?$",
        description="must be an address like mailto:security@example.org or https://example.org",
    )
    trusted_networks: _Networks = ""
    oidc_issuer: _Issuer = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr | None = None
    oidc_owners: str = Field(
        "",
        pattern=r"^(\s*([^\s,]+\s+[^\s,]+\s*)?(,|$))*$",
        description="must be pairs of issuer and subject like https://login.example.org 4711, "
        "separated by commas",
    )
    oidc_stay: bool = Field(True, description="must be true or false")
    microsoft_client_id: str = ""
    microsoft_client_secret: SecretStr | None = None
    microsoft_tenant: str = Field(
        "common",
        pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$",
        description="must be the id or a domain of a tenant, or common",
    )
    microsoft_authority: _Issuer = "https://login.microsoftonline.com"
    graph_url: _Issuer = "https://graph.microsoft.com"
    google_client_id: str = ""
    google_client_secret: SecretStr | None = None
    auto_migrate: bool = Field(True, description="must be true or false")
    audit_days: int = _whole_number(730, 0, 36500)
    worker_slots: int = _whole_number(4, 1, 64)
    mail_timeout: float = _seconds(30.0, most=120)
    mail_dot_timeout: float = _seconds(600.0, most=3600)
    mailbox_interval: float = Field(
        300.0, ge=1, le=86400, description="must be a number of seconds from 1 to 86400"
    )
    # The time by which most reports about a mail have come, and the time without a check of bounces
    # after which mails are sent slowly: see `mail.accounts.speed`.
    reports_within: float = _seconds(120.0, most=86400)
    look_patience: float = _seconds(900.0, most=86400)
    metrics_token: SecretStr | None = None
    # A secret, since anybody who knows a webhook's address can write there.
    notify: Annotated[SecretStr | None, AfterValidator(_address_of_notices)] = None
    notify_smtp: Annotated[SecretStr | None, AfterValidator(_mail_server)] = None
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)
    ] = Field("INFO", description="must be DEBUG, INFO, WARNING or ERROR")
    log_format: Literal["text", "json"] = Field("text", description="must be text or json")
    _given: frozenset[str] = PrivateAttr()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Prefer files of secrets to values, and the environment to `.env`."""
        assert isinstance(env_settings, EnvSettingsSource)
        assert isinstance(dotenv_settings, EnvSettingsSource)
        files = _SecretFiles(settings_cls, dotenv_settings, env_settings)
        return init_settings, files, env_settings, dotenv_settings

    @property
    def lease(self) -> timedelta:
        """The time for which a mail belongs to the worker that claimed it."""
        return timedelta(seconds=self.mail_timeout * _LEASE_IN_TIMEOUTS)

    @property
    def lease_of_content(self) -> timedelta:
        """The lease from when a mail's content goes out, until a slow server has answered."""
        return self.lease + timedelta(seconds=self.mail_dot_timeout)

    @property
    def owners_identities(self) -> frozenset[tuple[str, str]]:
        """The owners by the organization's sign-in, as pairs of issuer and subject."""
        pairs = map(str.split, filter(str.strip, self.oidc_owners.split(",")))
        return frozenset((issuer, subject) for issuer, subject in pairs)

    @property
    def home_zone(self) -> str:
        """The time zone of events for which nobody chose one."""
        return self.default_time_zone or zone_of_this_machine()

    @property
    def host_from_here(self) -> str:
        """HOST for an address on this machine, where a server that listens everywhere is reached as
        well."""
        everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (compared, not bound)
        host = everywhere.get(self.host, self.host)
        return f"[{host}]" if ":" in host else host

    @property
    def public_path(self) -> str:
        """The path before the API's addresses; empty at the root of its host."""
        return urlsplit(self.public_url).path

    @property
    def console_path(self) -> str:
        """The path before the console's addresses; empty at the root of its host."""
        return urlsplit(self.console_url).path

    @property
    def given_keys(self) -> str | None:
        """SECRET_KEYS; None if the key is in `key_file`."""
        return self.secret_keys.get_secret_value() if self.secret_keys else None

    @property
    def key_file(self) -> Path:
        """The file with the installation's key, unless SECRET_KEYS gives the keys."""
        return self.data_dir / "secret.key"

    @property
    def organizers_reach(self) -> Reach:
        """The destinations that organizers may name."""
        networks = filter(None, self.trusted_networks.split(","))
        return Reach(tuple(map(ip_network, networks)), own_site=self.public_url)

    def is_given(self, name: str) -> bool:
        """Whether a setting was set, rather than left at its default."""
        return name in self._given

    def model_post_init(self, _: object) -> None:
        """Refuse contradicting settings, and fill in addresses that follow from others. Raises
        SettingRefused."""
        self._given = frozenset(self.model_fields_set)
        if self.api_port == self.console_port:
            raise SettingRefused(field="CONSOLE_PORT", reason="must be another port than API_PORT")
        if self.oidc_issuer and not (self.oidc_client_id and self.oidc_client_secret):
            missing = "OIDC_CLIENT_SECRET" if self.oidc_client_id else "OIDC_CLIENT_ID"
            raise SettingRefused(field=missing, reason=N_("is required with OIDC_ISSUER"))
        is_mail = self.notify and self.notify.get_secret_value().startswith("mailto:")
        if is_mail and not self.notify_smtp:
            raise SettingRefused(field="NOTIFY_SMTP", reason=N_("is required with NOTIFY"))
        self.database_url = (
            self.database_url or f"sqlite:///{self.data_dir.absolute()}/certs.sqlite3"
        )
        if self.database_password:
            from sqlalchemy import make_url

            password = self.database_password.get_secret_value()
            url = make_url(self.database_url).set(password=password)
            self.database_url = url.render_as_string(hide_password=False)
        here = f"http://{self.host_from_here}"
        self.public_url = self.public_url or f"{here}:{self.api_port}"
        self.console_url = self.console_url or f"{here}:{self.console_port}"


@cache
def settings() -> Settings:
    """Return the settings of this process.

    Raises SettingRefused, which names the environment variable, if one cannot be used.
    """
    try:
        return Settings()
    except ValidationError as refusal:
        first = refusal.errors()[0]
        name = str(first["loc"][0])
        words = Settings.model_fields[name].description
        raise SettingRefused(
            field=name.upper(), reason=words or first["msg"].removeprefix("Value error, ")
        ) from None
    except UnicodeDecodeError:
        raise SettingRefused(field=".env", reason="must be a text in UTF-8") from None


class _LogFormat(BaseSettings):
    model_config = _SOURCE

    log_format: str = "text"


def asked_log_format() -> str:
    """Return LOG_FORMAT alone, which also applies to errors about other settings."""
    try:
        return _LogFormat().log_format
    except (OSError, UnicodeDecodeError):
        return "text"


def _is_address_of_a_site(value: str) -> bool:
    """Whether this is an address with http(s), a host, and perhaps a port and a path, to which the
    product adds its own."""
    parts = parts_of_site(value)
    is_plain = not any(mark.isspace() or mark in "?#\\" or not mark.isprintable() for mark in value)
    return parts is not None and parts.scheme in ("http", "https") and is_plain

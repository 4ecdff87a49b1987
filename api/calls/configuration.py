"""The settings of updateOrgConfig: the old program's fields, as they are really filled in."""

import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from pydantic import Field
from sqlalchemy.orm import Session

from api.calls import CallBody, with_example
from shared.certificates.designs import changes
from shared.certificates.designs.changes import CheckedChange, PixelsChange
from shared.destinations import Reach
from shared.errors import ProductError, SettingRefused
from shared.events.naming import set_naming
from shared.events.settings import update_organization
from shared.language import N_
from shared.log import audit
from shared.mail.accounts.health import PASSWORD_NEEDED, waits_for
from shared.mail.accounts.sending_account import set_account
from shared.storage.models import Action, Event
from shared.storage.sealing.passwords import early_binding_of
from shared.storage.sealing.tokens import Seal

T = TypeVar("T")
# Forms send numbers and check boxes as strings; null and "" leave a value as it is.
Value = str | int | float | bool | None

_FLAGS = {
    **dict.fromkeys(("true", "1", "yes", "on"), True),
    **dict.fromkeys(("false", "0", "no", "off"), False),
}
_NO_NUMBER = N_("must be a number")
_PACE = {"min_second", "max_second", "vouched"}
_POSITIONS = {
    "name": ("name_horizontal_pos", "name_vertical_pos"),
    "number": ("serial_number_horizontal_pos", "serial_number_vertical_pos"),
    "date": ("date_horizontal_pos", "date_vertical_pos"),
}


class OrgConfig(CallBody):
    model_config = with_example(
        name="Harbour Friends", name_horizontal_pos=877, name_vertical_pos=520, names="ask"
    )

    event: int | str | None = None
    name: Value = Field(None, description="The organization")
    website: Value = None
    frontend_url: Value = Field(None, description="The page that links in mails lead to")
    name_horizontal_pos: Value = Field(None, description="Centre of the name, template pixels")
    name_vertical_pos: Value = Field(None, description="Top of the name, template pixels")
    serial_number_horizontal_pos: Value = Field(None, description="≤ 0: not drawn")
    serial_number_vertical_pos: Value = None
    date_horizontal_pos: Value = Field(None, description="≤ 0: not drawn")
    date_vertical_pos: Value = None
    username: Value = Field(None, description="Of the mail account; its address")
    password: Value = None
    server_address: Value = Field(None, description="Else smtp.<domain of username>")
    smtp_port: Value = None
    smtp_ssl: Value = Field(None, description="TLS from the start; false: STARTTLS")
    skip_auth: Value = None
    min_second: Value = Field(None, description="Least seconds between two mails")
    max_second: Value = Field(None, description="Most seconds between two mails")
    vouched: Value = Field(
        None, description="The account's owner vouches for the list: no waiting for returned mail"
    )
    names: Value = Field(
        None,
        description="Who says them: the people (`ask`), the list (`issue`), or the list unless "
        "they correct it until `names_until` (`check`)",
    )
    names_until: Value = Field(None, description="The last day for that, as 2026-11-24")


def place(session: Session, event: Event, wanted: OrgConfig) -> CheckedChange | None:
    """Prepare the design that `configure` will store, before the event is locked.

    Errors are left to `configure`.
    """
    with suppress(ProductError):
        if change := _placing(wanted):
            return changes.prepare(session, event, change)
    return None


def configure(
    session: Session,
    seal: Seal,
    event: Event,
    wanted: OrgConfig,
    reach: Reach,
    placed: CheckedChange | None = None,
) -> str | None:
    """Change what `wanted` gives, and return a message about what a person has yet to do, if any.

    Call with the event locked, in a session that is rolled back on errors. `reach` is the caller's.
    Raises SettingRefused, which names the field.
    """
    update_organization(
        event,
        name=_text(wanted, "name"),
        website=_text(wanted, "website"),
        frontend_url=_text(wanted, "frontend_url"),
        reach=reach,
    )
    if change := _placing(wanted):
        changes.store(session, event, placed or changes.prepare(session, event, change))
    naming = _text(wanted, "names")
    no_day = N_("must be a date like 2026-11-24")
    until = _read(wanted, "names_until", date.fromisoformat, no_day)
    if naming is not None or until is not None:
        # Either may be given alone: the other stays as it is.
        set_naming(session, event, naming or event.naming, until or event.names_until)
    given = _account_settings(wanted)
    return _set_account(session, seal, event, given, reach) if given else None


def enters_account(wanted: OrgConfig) -> bool:
    """Return whether the call enters account settings, so that the event goes live.

    Programs that know nothing of rehearsals expect this: they ask to send, and mails are sent.
    """
    return bool(_account_settings(wanted).keys() - _PACE)


def _set_account(
    session: Session, seal: Seal, event: Event, given: dict[str, Any], reach: Reach
) -> str | None:
    """Change the mail account; before its username is known, keep the values given so far."""
    if event.account is None:
        given, reach = _with_early_settings(seal, event, given, reach)
    if event.account is None and "username" not in given:
        # Validate early settings by trying them with a username, and rolling that back.
        with session.begin_nested() as trial:
            set_account(session, seal, event, username="trial@example.org", **given, reach=reach)
            trial.rollback()
        settings = given
        if "password" in settings:
            sealed = seal.seal_bound(settings["password"], early_binding_of(event))
            settings = settings | {"password": sealed}
        event.early_account = settings | {"by_owner": reach.is_unlimited}
        audit.record(session, Action.ACCOUNT_CHANGED, event.id, fields=sorted(settings))
    else:
        had_password = bool(event.account and event.account.sealed_password)
        event.early_account = {}
        account = set_account(session, seal, event, **given, reach=reach)
        if waits_for(account, PASSWORD_NEEDED) or (had_password and not account.sealed_password):
            return PASSWORD_NEEDED
    return None


def _account_settings(wanted: OrgConfig) -> dict[str, Any]:
    """Return the given account settings, as `set_account` takes them."""
    port = _number(wanted, "smtp_port")
    if port is not None and not port.is_integer():
        raise SettingRefused(field="smtp_port", reason=N_("must be between 1 and 65535"))
    settings = {
        **{field: _text(wanted, field) for field in ("username", "server_address")},
        # Spaces may be part of a password.
        "password": None if wanted.password is None else str(wanted.password) or None,
        "smtp_port": None if port is None else int(port),
        **{field: _flag(wanted, field) for field in ("smtp_ssl", "skip_auth", "vouched")},
        **{field: _number(wanted, field) for field in ("min_second", "max_second")},
    }
    return {field: value for field, value in settings.items() if value is not None}


def _with_early_settings(
    seal: Seal, event: Event, given: dict[str, Any], reach: Reach
) -> tuple[dict[str, Any], Reach]:
    """Return the settings given earlier and now, and the reach of the person who named the server.

    A caller who completes an account does not vouch for a server that somebody else named.
    """
    early = dict(event.early_account)
    # Early settings from an earlier version of the product count as the owner's.
    by_owner = early.pop("by_owner", True) and (reach.is_unlimited or "smtp_port" not in given)
    if "password" in early:
        early["password"] = seal.open_bound(early["password"], early_binding_of(event))
    if "server_address" in early and "server_address" not in given:
        reach = replace(reach, is_unlimited=by_owner)
    return early | given, reach


def _placing(wanted: OrgConfig) -> PixelsChange | None:
    """Return the fields to move; a coordinate that is not given stays.

    The old admin page sends 0,0 for everything that nobody touched, and no name is centred on an
    edge, so neither moves anything.
    """
    given = {
        field: (_number(wanted, across), _number(wanted, down))
        for field, (across, down) in _POSITIONS.items()
    }
    moved = {
        field: (x, y)
        for field, (x, y) in given.items()
        if (x is not None or y is not None) and not (field == "name" and not x and not y)
    }
    return PixelsChange(moved) if any(x or y for x, y in given.values()) and moved else None


def _text(wanted: OrgConfig, field: str) -> str | None:
    value = getattr(wanted, field)
    return None if value is None else str(value).strip() or None


def _read(wanted: OrgConfig, field: str, read: Callable[[str], T], reason: str) -> T | None:
    text = _text(wanted, field)
    try:
        return None if text is None else read(text)
    except (ValueError, KeyError):
        raise SettingRefused(field=field, reason=reason) from None


def _number(wanted: OrgConfig, field: str) -> float | None:
    number = _read(wanted, field, float, _NO_NUMBER)
    if number is not None and not math.isfinite(number):
        raise SettingRefused(field=field, reason=_NO_NUMBER)
    return number


def _flag(wanted: OrgConfig, field: str) -> bool | None:
    return _read(wanted, field, lambda text: _FLAGS[text.lower()], N_("must be true or false"))

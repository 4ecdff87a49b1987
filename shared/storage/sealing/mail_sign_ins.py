"""The sealed parts of sign-ins to mail accounts: refresh tokens and client secrets.

Access tokens are not sealed again: if their key is gone, another one can be requested.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.errors import SettingRefused
from shared.storage.database import Database
from shared.storage.models import MailSignIn, SendingAccount
from shared.storage.sealing.passwords import Binding, client_binding_of, refresh_binding_of
from shared.storage.sealing.tokens import Seal

_WITH_ACCOUNT = (
    select(MailSignIn, SendingAccount)
    .join(SendingAccount, SendingAccount.id == MailSignIn.account_id)
    .order_by(MailSignIn.id)
)


def count_lost_sign_ins(session: Session, seal: Seal) -> int:
    """How many of these secrets none of the keys of `seal` can open."""
    rows = session.execute(_WITH_ACCOUNT)
    secrets = [secret for sign_in, account in rows for secret in _sealed(sign_in, account)]
    return sum(not _opens(seal, sealed, binding) for _, sealed, binding in secrets)


def reseal_sign_ins(database: Database, seal: Seal) -> int:
    """Seal them with the newest key; how many were not yet. Raises SettingRefused if no key opens
    one."""
    with database.writing() as session:
        rows = session.execute(_WITH_ACCOUNT.with_for_update(of=MailSignIn)).all()
        return sum(_reseal(seal, sign_in, account) for sign_in, account in rows)


def _reseal(seal: Seal, sign_in: MailSignIn, account: SendingAccount) -> int:
    changed = 0
    for column, sealed, binding in list(_sealed(sign_in, account)):
        anew = seal.reseal_bound(sealed, binding)
        changed += anew != sealed
        setattr(sign_in, column, anew)
    return changed


def _sealed(sign_in: MailSignIn, account: SendingAccount) -> Iterator[tuple[str, str, Binding]]:
    """Column, sealed content, and its binding."""
    if sign_in.sealed_refresh_token:
        yield "sealed_refresh_token", sign_in.sealed_refresh_token, refresh_binding_of(account)
    if sign_in.sealed_client_secret:
        yield "sealed_client_secret", sign_in.sealed_client_secret, client_binding_of(sign_in)


def _opens(seal: Seal, sealed: str, binding: Binding) -> bool:
    try:
        seal.open_bound(sealed, binding)
    except SettingRefused:
        return False
    return True

"""Whether a server has been shown an account's password, whether the sign-in worked, and a proof.

A password never follows to another server, and accounts are shared by proof alone.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_ACCOUNT = sa.table(
    "mail_account",
    sa.column("event_id", sa.Integer),
    sa.column("username", sa.Text),
    sa.column("host", sa.Text),
    sa.column("port", sa.Integer),
    sa.column("sealed_password", sa.Text),
    sa.column("skip_auth", sa.Boolean),
    sa.column("password_shown", sa.Boolean),
    sa.column("signed_in", sa.Boolean),
)
_ATTEMPT = sa.table(
    "attempt",
    sa.column("mail_id", sa.Integer),
    sa.column("account", sa.Text),
    sa.column("verdict", sa.Text),
)
_MAIL = sa.table("mail", sa.column("id", sa.Integer), sa.column("event_id", sa.Integer))


def upgrade() -> None:
    for flag in ("password_shown", "signed_in"):
        op.add_column(
            "mail_account",
            sa.Column(flag, sa.Boolean(), nullable=False, server_default=sa.false()),
        )
    op.add_column("mail_account", sa.Column("proof", sa.Text(), nullable=True))
    with_password = _ACCOUNT.c.sealed_password.is_not(None)
    # Nobody knows of any that it was not.
    op.execute(sa.update(_ACCOUNT).where(with_password).values(password_shown=True))
    # The proof itself needs the keys: it is made at the start of the program.
    signing_in = sa.select(_ACCOUNT).where(with_password, _ACCOUNT.c.skip_auth.is_(False))
    for account in op.get_bind().execute(signing_in).all():
        if _has_sent(account):
            this_one = _ACCOUNT.c.event_id == account.event_id
            op.execute(sa.update(_ACCOUNT).where(this_one).values(signed_in=True))


def _has_sent(account: sa.Row[Any]) -> bool:
    name = f"{account.username}@{account.host}:{account.port}".lower()
    sent = sa.exists().where(
        _ATTEMPT.c.account == name,
        _ATTEMPT.c.verdict == "sent",
        _MAIL.c.id == _ATTEMPT.c.mail_id,
        _MAIL.c.event_id == account.event_id,
    )
    return bool(op.get_bind().scalar(sa.select(sent)))


def downgrade() -> None:
    for column in ("signed_in", "proof", "password_shown"):
        op.drop_column("mail_account", column)

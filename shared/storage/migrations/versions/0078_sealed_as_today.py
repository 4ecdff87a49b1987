"""Every password of a mail account is bound to its server, and every rehearsal mail is sealed.

Version 0.2.0 does so at each start with what 0.1.0 left, where it has the keys.
"""

import json

import sqlalchemy as sa
from alembic import op

from shared.errors import ProductError
from shared.language import N_

revision = "0078"
down_revision = "0077"
compatible = True

_UNBOUND = "SELECT count(*) FROM sending_account WHERE sealed_password NOT LIKE 'siv:%'"
_EARLY = "SELECT CAST(early_account AS TEXT) FROM event"
_IN_THE_CLEAR = "SELECT count(*) FROM rehearsal_mail WHERE NOT is_sealed"


def upgrade() -> None:
    database = op.get_bind()
    early = [json.loads(written).get("password") for written in database.scalars(sa.text(_EARLY))]
    left = sum(one is not None and not one.startswith("siv:") for one in early)
    left += sum(database.scalars(sa.text(one)).one() for one in (_UNBOUND, _IN_THE_CLEAR))
    if left:
        raise ProductError(
            N_(
                "{count} mail passwords and rehearsal mails are still stored as version 0.1.0 left "
                "them. Start version 0.2.0 once with all keys, and then this one. If a key is "
                "lost, run “certs rotate-keys --give-up-lost” there. Nothing was done."
            ),
            count=left,
        )
    op.drop_index("ix_rehearsal_mail_clear", "rehearsal_mail")

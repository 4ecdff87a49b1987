"""Returned mail: reports of mails that did not arrive, which an account's mailbox or its relay
brings, whom they are about, and what they change.

Handing over belongs to `mail.transport`, and the message's row to `mail.queue`; what reports say of
an account's speed, to `mail.accounts`.
"""

from shared import budgets
from shared.features import Feature

FEATURE = Feature(
    hooks="hooks.HOOKS",
    sealed="models.SEALED",
    commands={"bounce": "commands"},
    chores="chores.chores",
    checks="diagnosis.diagnosed",
    routers={"api.calls.returned_mail.router": {"/returned": budgets.RETURNING}},
    shown={
        "account": "console.screens.account.returned_mail.show",
        "account.check": "console.screens.account.returned_mail.try_own_mailbox",
        "account.proof": "console.screens.account.returned_mail.offer_to_find",
        "send": "console.screens.send.returned_mail.show_unproven",
        "send.live": "console.screens.send.returned_mail.show_whether_it_is_read",
    },
)

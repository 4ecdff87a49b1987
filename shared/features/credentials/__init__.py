"""Certificates as signed credentials, which others verify: Open Badges 3.0 on W3C Verifiable
Credentials 2.0, in the one profile that all of today's verifiers read.

`proofs` and `document` are pure.
"""

from shared import budgets
from shared.features import Feature, Screen
from shared.language import N_

FEATURE = Feature(
    hooks="stored.HOOKS",
    sealed="models.SEALED",
    commands={"verify": "commands", "publish": "commands"},
    groups={"issuer": ("issuer_commands", "Who signs certificates, and with which keys.")},
    chores="chores.chores",
    slow_checks="earlier_addresses.diagnoses",
    routers={
        "api.pages.credentials.router": {
            "/verify/file": budgets.VERIFYING_FILES,
            "/verify/{public_id}.json": budgets.OPEN,
            "/status/{public_id}.json": budgets.OPEN,
            "/achievements/{public_id}.json": budgets.OPEN,
            "/achievements/{public_id}.jpg": budgets.DRAWN,
            "/issuers/{slug}/did.json": budgets.OPEN,
            "/issuers/{slug}/withdrawn-keys.json": budgets.OPEN,
            "/issuers/{slug}/{sha256}.png": budgets.OPEN,
        }
    },
    screens={"issuers": Screen("console.screens.credentials.show", N_("Issuers"), "manage_events")},
    shown={"settings": "console.screens.settings.credentials.show"},
)

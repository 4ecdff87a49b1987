"""The organization's sign-in, by which people come in without a key (OpenID Connect)."""

from shared import budgets
from shared.features import Feature

FEATURE = Feature(
    in_front={
        "/signin/organization": budgets.OPEN,
        "/signin/organization/join": budgets.JOINING,
        "/signin/oidc": budgets.OPEN,
    },
    shown={"signin": "console.signin.oidc.way"},
)

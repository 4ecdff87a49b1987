"""What vouches for the domain that mails are sent from: what its DNS says, and what a test mail
that arrived proves."""

from shared.features import Feature

FEATURE = Feature(
    hooks="sender_domain.HOOKS",
    commands={"domain": "commands"},
    shown={"account": "console.screens.account.domain_proof.show"},
)

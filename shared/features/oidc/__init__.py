"""The organization's sign-in, by which people come in without a key (OpenID Connect)."""

from shared.features import Feature

FEATURE = Feature(shown={"signin": "console.signin.oidc.way"})

"""Why a mail account gets no token from its provider."""

from typing import ClassVar

from shared.errors.base import ProductError
from shared.language import N_


class SignInBusy(ProductError):
    """The provider cannot answer now; it may when asked again later."""

    word: ClassVar[str] = "busy"
    message = N_("The provider's sign-in does not answer just now. It is asked again by itself.")


class SignInEnded(ProductError):
    """The provider gives no token until a person has done something.

    `word` is stored for it, with the provider's own number if it gave one (`AADSTS53003`).
    """

    word: ClassVar[str] = "ended"
    # Whether the person at the account can cure it by signing in once more.
    is_cured_by_signing_in: ClassVar[bool] = True
    message = N_(
        "The provider does not accept the sign-in to this account any more: it was ended, or the "
        "password was changed. Open “Organization and mail” and sign in again."
    )

    def __init__(self, number: str = "") -> None:
        self.stored = f"{self.word} {number}".strip()
        super().__init__()


class SignInNeeded(SignInEnded):
    """Nobody has signed in yet to an account that uses no password."""

    word = "needed"
    message = N_(
        "Nobody is signed in to this account at its provider. Open “Organization and mail” and "
        "sign in there."
    )


class AdministratorNeeded(SignInEnded):
    word = "administrator"
    message = N_(
        "The provider wants an administrator to allow this program first. Ask yours, then sign in "
        "again under “Organization and mail”."
    )


class AccessBlocked(SignInEnded):
    word = "policy"
    is_cured_by_signing_in = False
    message = N_(
        "A rule of the account's organization (conditional access) keeps this program out. An "
        "administrator finds the rule under this number in the sign-in log of Microsoft Entra and "
        "makes an exception for this program; signing in again does not help."
    )


class NotAssigned(SignInEnded):
    word = "assignment"
    is_cured_by_signing_in = False
    message = N_(
        "This account is not assigned to the program. An administrator adds it in Microsoft Entra, "
        "under “Enterprise applications”, this program, “Users and groups”; then sign in again "
        "under “Organization and mail”."
    )


class ProgramRefused(SignInEnded):
    word = "program"
    is_cured_by_signing_in = False
    message = N_(
        "The provider does not know this program, or its secret is wrong or has expired. Whoever "
        "registered it there has to renew it; then sign in again under “Organization and mail”."
    )


class MailSignInRefused(ProductError):
    """The base of the reasons why a sign-in to a mail account changed nothing."""


class MailSignInDeclined(MailSignInRefused):
    message = N_(
        "The provider did not let this program into the mailbox, and nothing was changed. Begin "
        "again, and agree to what the provider asks."
    )


class MailSignInStale(MailSignInRefused):
    message = N_(
        "This answer belongs to no sign-in that was begun here, or to one that is over: nothing "
        "was changed. Begin again under “Organization and mail”."
    )


class ProviderAway(MailSignInRefused):
    message = N_(
        "The provider's sign-in does not answer just now, and nothing was changed. Begin again in "
        "some minutes."
    )


class AnotherMailbox(MailSignInRefused):
    message = N_(
        "You signed in as {address}, but this account sends as {expected}: nothing was changed. "
        "Sign in again with the other address, or enter yours as the account's. If {expected} is a "
        "shared mailbox at Microsoft, choose that under “How to sign in”."
    )


class NoLastingAccess(MailSignInRefused):
    message = N_(
        "The provider gave access for an hour only, so nothing was changed. Whoever registered "
        "this program there has to allow lasting access (a refresh token)."
    )


class OpenedElsewhere(MailSignInRefused):
    """A provider redirects to one address only, where the browser has to be signed in."""

    message = N_("Open this console at {address}, sign in there, and begin again.")


# By the word that is stored first.
SIGN_IN_TROUBLES: dict[str, type[SignInEnded]] = {
    kind.word: kind
    for kind in (
        *(SignInEnded, SignInNeeded, AdministratorNeeded),
        *(AccessBlocked, NotAssigned, ProgramRefused),
    )
}


def sign_in_trouble(stored: str) -> tuple[type[SignInEnded], str]:
    """What was stored of a `SignInEnded`: which one it was, and the provider's number."""
    word, _, number = stored.partition(" ")
    return SIGN_IN_TROUBLES[word], number

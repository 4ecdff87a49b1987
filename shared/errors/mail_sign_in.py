"""Why a mail account gets no token from its provider."""

from typing import ClassVar

from shared.errors.base import ProductError
from shared.language import N_


class SignInBusy(ProductError):
    """The provider cannot say now; asked again later, it may."""

    message = N_("The provider's sign-in does not answer just now. It is asked again by itself.")


class SignInEnded(ProductError):
    """The provider gives no token until a person has done something; `word` is kept for it."""

    word: ClassVar[str] = "ended"
    message = N_(
        "The provider does not accept the sign-in to this account any more: it was ended, or the "
        "password was changed. Open “Organization and mail” and sign in again."
    )


class AdministratorNeeded(SignInEnded):
    word = "administrator"
    message = N_(
        "The provider wants an administrator to allow this program first. Ask yours, then sign in "
        "again under “Organization and mail”."
    )


class ProgramRefused(SignInEnded):
    word = "program"
    message = N_(
        "The provider does not know this program, or its secret is wrong or has expired. Whoever "
        "registered it there has to renew it; then sign in again under “Organization and mail”."
    )


SIGN_IN_TROUBLES = {kind.word: kind for kind in (SignInEnded, AdministratorNeeded, ProgramRefused)}

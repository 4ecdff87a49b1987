"""Who may not come in, or may not do something: keys, sessions, roles and links that invite."""

from shared.errors.base import ProductError
from shared.language import N_


class NotAllowed(ProductError):
    message = N_("This token does not give access. Check that it was copied whole.")


class KeyRevoked(NotAllowed):
    message = N_("This key was revoked. Ask an organizer of the event for a new one.")


class KeyExpired(NotAllowed):
    message = N_("This key has expired. Ask an organizer of the event for a new one.")


class SessionEnded(NotAllowed):
    message = N_("You are signed out: the session has ended. Sign in again.")


class ConfirmationNeeded(ProductError):
    """Somebody is signed in, but has not shown for a while that it is them."""

    message = N_("Confirm first that it is you, then do it again.")


class RoleTooLow(ProductError):
    """The token is a right one, but of somebody who works on the event in another role."""

    message = N_("Your role does not allow this. Ask an organizer of the event.")


class PersonUnknown(ProductError):
    message = N_("Nobody of this name works on the event. Was this person removed already?")


class LastOrganizer(ProductError):
    message = N_(
        "This is the last organizer of the event. Add another one first, or ask the owner of this "
        "installation."
    )


class NotPending(ProductError):
    message = N_("This invitation is not open any more: it was used or taken back.")


class JoiningRefused(ProductError):
    """The base of the reasons for which the link of an invited colleague leads nowhere."""


class JoinLinkUnknown(JoiningRefused):
    message = N_(
        "This link is not known here. Check that it was copied whole, or ask whoever sent it for "
        "a new one."
    )


class JoinLinkUsed(JoiningRefused):
    message = N_(
        "This link was used already; it works once. Sign in with your key, or ask an organizer "
        "of the event for a new link."
    )


class JoinLinkRevoked(JoiningRefused):
    message = N_("This link was taken back. Ask an organizer of the event for a new one.")


class JoinLinkExpired(JoiningRefused):
    message = N_(
        "This link has expired; it works for 7 days. Ask an organizer of the event for a new one."
    )

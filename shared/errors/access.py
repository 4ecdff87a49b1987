"""Access refused: keys, sessions, roles and invitation links."""

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


class OrganizationRefused(NotAllowed):
    """The base of the reasons why an organization's sign-in fails."""


class OrganizationAway(OrganizationRefused):
    message = N_("Your organization's sign-in does not answer. Try again in a moment.")


class OrganizationDeclined(OrganizationRefused):
    message = N_("Your organization did not sign you in. Begin again, or use your key.")


class SignInStale(OrganizationRefused):
    message = N_("This sign-in was begun in another browser or too long ago. Begin again.")


class SignInNotProven(OrganizationRefused):
    message = N_(
        "What your organization's sign-in answered cannot be trusted, and changed nothing. "
        "Tell the owner of this installation: the reason stands in the log."
    )


class IdentityUnknown(OrganizationRefused):
    message = N_(
        "Your organization knows you, but you work on no event here yet. Ask an organizer for an "
        "invitation, and sign in with your organization from its link."
    )


class IdentityTaken(OrganizationRefused):
    message = N_(
        "You work on this event already: sign in with your organization. The invitation is still "
        "open."
    )


class NotConfirmed(OrganizationRefused):
    message = N_(
        "Your organization did not ask you anew who you are, or somebody else answered. "
        "Nothing was changed."
    )


class ConfirmationNeeded(ProductError):
    """Somebody is signed in, but has not confirmed for a while who they are."""

    message = N_("Confirm first that it is you, then do it again.")


class RoleTooLow(ProductError):
    """The token is valid, but belongs to somebody whose role on the event does not allow this."""

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
    """The base of the reasons why an invited colleague's link does not work."""


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

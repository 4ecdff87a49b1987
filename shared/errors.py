"""Errors in the product's terms: a sentence for a person, and its details as data.

`shared` raises them; the edge (an API answer, a page, a screen) translates them once, with
`explain`. A bug is none of these, and crashes. An error has a class of its own only if it is caught
or answered by its type; all others are a sentence where they are raised.
"""

from typing import Any, ClassVar, NamedTuple

import regex

from shared.language import N_, catalogue, listed, translate


class ProductError(Exception):
    """An error that a person can fix. `message` says what to do; `details` fill its placeholders; a
    tuple of strings becomes a list in words."""

    message: str = ""

    def __init__(self, message: str = "", /, **details: Any) -> None:
        """`message` is a sentence marked with `N_`, by default the one of the class."""
        self.message = message or self.message
        self.details = details
        super().__init__(self.message.format(**_written(details, "en")))


def explain(error: ProductError, language: str, **shown: Any) -> str:
    """Return the error as a sentence in `language`, including a reason inside it.

    `shown` replaces details that are shown in another way. A reason is translated but never
    formatted: it may be a mail server's answer, with braces.
    """
    details = _written(error.details | shown, language)
    if details.get("reason"):
        details["reason"] = catalogue(language).gettext(str(details["reason"]))
    return translate(error.message, language, **details)


def _written(details: dict[str, Any], language: str) -> dict[str, Any]:
    return {
        name: listed(what, language) if isinstance(what, tuple) else what
        for name, what in details.items()
    }


DISK_FULL = N_(
    "This installation's disk is full, so nothing could be saved. Earlier data is not "
    "lost. Ask the administrator to make room, then try again."
)


DATABASE_DAMAGED = N_(
    "The database is damaged. Stop everything, keep a copy of it, and restore a backup."
)


DATABASE_READ_ONLY = N_(
    "The database cannot be written, because its disk fails or is read-only. Nothing "
    "was saved. Ask the administrator to check the disk, then try again."
)


class EventUnknown(ProductError):
    message = N_("There is no such event.")


class InvitationUnknown(ProductError):
    message = N_(
        "This link is not valid. Open it from the newest mail, or ask the organizer for a new one."
    )


class CertificateNeverSent(ProductError):
    message = N_("This certificate was never sent: the organizer took it back. It is not valid.")


class SchemaUnknown(ProductError):
    """The database is of another version; this one must not use it."""

    message = N_(
        "A newer version last used the database (revision {revision}). Start that version again."
    )


class SchemaTooOld(SchemaUnknown):
    """The database is of a version before 0.2.0."""

    message = N_(
        "A version before 0.2.0 last used the database (revision {revision}). Start "
        "version 0.2.0 once to update it, then start this one. Nothing was changed."
    )


class Outgrown(ProductError):
    """A newer version has migrated the database while this one runs."""

    message = N_(
        "A newer version changed the database, so this one can no longer use it. Start "
        "the newer version here, too."
    )


# Names and drawing


class NameProblem(ProductError):
    """A name cannot be put on a certificate."""


class NameDoubtful(NameProblem):
    """A name looks incomplete: the page asks once, and submitting it again confirms it."""

    message = N_("Is this your full name? If it is, press the button again.")


class NameMissing(NameProblem):
    message = N_("Enter the name for the certificate.")


class NameNotPlain(NameProblem):
    message = N_("These characters cannot be printed: {characters}. Write the name another way.")


class NameDoesNotFit(NameProblem):
    """A text, a name or a column's, does not fit; a long one is quoted by its beginning."""

    message = N_("“{text}” is too long for the certificate. Write a shorter form.")

    def __init__(self, *, text: str) -> None:
        # Characters as people count them (UAX #29), so that none is cut in two.
        characters = regex.findall(r"\X", text)
        super().__init__(text=text if len(characters) <= 24 else "".join(characters[:23]) + "…")


class NoGlyph(NameProblem):
    message = NameNotPlain.message


class PlaceholderEmpty(NameProblem):
    message = N_("There is no value for {placeholders}, which the certificate's texts need.")


# What organizers upload and enter


class PictureRefused(ProductError):
    """An uploaded image, or the page of a file, cannot be a template."""


class FontRefused(ProductError):
    """An uploaded font file cannot be used."""


class FontTooDeep(FontRefused):
    message = N_(
        "A character of this font takes longer to draw than any real one. "
        "Get the TTF or OTF file again, or use another font."
    )


class LayoutRefused(ProductError):
    message = N_("The layout cannot be used: {reason}")


class NoDesign(ProductError):
    message = N_("The event has no certificate yet. Upload its picture and place the name first.")


class DesignChanged(ProductError):
    """Another person or tab has changed the placement that this person still sees."""

    message = N_("Somebody changed the certificate after this was shown.")


class SettingRefused(ProductError):
    """A value that cannot be used; `field` names it as the API does."""

    message = N_("{field}: {reason}")


class KeysWrong(SettingRefused):
    """The keys open nothing that is stored sealed."""

    message = N_(
        "{field}: this is not the key that sealed {passwords} passwords of mail "
        "accounts, {links} personal links and {values} secret values. Put the old key "
        "back, after the new one if there is one. If it is lost, `certs rotate-keys "
        "--give-up-lost` clears what it sealed."
    )


class PlaceholderUnknown(SettingRefused):
    message = N_("{field}: the placeholder {placeholder} is unknown. There are {known}.")


class DateUnreadable(ProductError):
    message = N_("“{text}” is not a date like 2026-11-24.")


class ListUnreadable(ProductError):
    message = N_("This cannot be read as a list: {reason}")


class DestinationRefused(ProductError):
    message = N_(
        "This server is in a private network. Only the owner of this installation can "
        "enter or allow it (TRUSTED_NETWORKS). Nothing was sent there."
    )


# The flow


class AlreadyMailed(ProductError):
    message = N_("The certificate was already mailed to {address}.")


class CorrectionRefused(ProductError):
    """A mailed certificate cannot be corrected again."""


class NotQualified(CorrectionRefused):
    """A person gets no certificate by the event's rule."""

    message = N_(
        "There is no certificate for you yet: {organization} gives it to people who meet its "
        "conditions. If you think that this is a mistake, write to {contact}."
    )


class AddressKeptNoLonger(CorrectionRefused):
    message = N_(
        "Your address is no longer kept, so nothing can be mailed to you. Write to the organizer."
    )


class DownloadsBusy(ProductError):
    """Too many files are being downloaded; the sentence says which."""


class TooLongForExcel(ProductError):
    message = N_(
        "Excel opens at most 1 048 576 lines, and this list or its mail log has more. "
        "Download them as CSV."
    )


class ForNow(ProductError):
    """A refusal that passes by itself: a later request is answered."""


class ReadersBusy(ForNow):
    message = N_("Several files are being checked right now. Try again in a minute.")


class MailboxTrouble(ProductError):
    """The mailbox for returned mail could not be read; `reason` is a message of its own."""

    message = N_("The mailbox could not be read: {reason}")


class MailboxAway(MailboxTrouble):
    """The mailbox's server cannot be reached or broke off; it is asked again soon."""


class AccountChanged(ProductError):
    message = N_("Somebody just changed the mail account. Try again.")


# Access: keys, sessions, roles and invitation links


class NotAllowed(ProductError):
    message = N_("This token is not valid. Check that you copied all of it.")


class MailsHeld(ProductError):
    """The event's mails are held until a person has said what became of them."""

    message = N_(
        "This database is older than the mails sent, or was moved. Mails of this event "
        "({count}) are held. Decide what happens to them on “Send”, or with `certs "
        "event release {event_id}` and --left, --again or --log."
    )


class OrganizationRefused(NotAllowed):
    """An organization's sign-in failed."""


class ConfirmationNeeded(ProductError):
    """A person who is signed in has not confirmed for a while who they are."""

    message = N_("First confirm that it is you, then repeat it.")


class RoleTooLow(ProductError):
    """The token's role on the event does not allow this."""

    message = N_("Your role does not allow this. Ask an organizer of the event.")


class JoiningRefused(ProductError):
    """An invited colleague's link does not work."""


class JoinLinkUnknown(JoiningRefused):
    message = N_(
        "This link is not valid. Check that you copied all of it, or ask the sender for a new one."
    )


# A mail account that gets no token from its provider


class SignInBusy(ProductError):
    """The provider cannot answer now, but may later."""

    word: ClassVar[str] = "busy"
    message = N_("The provider's sign-in does not answer right now. We retry automatically.")


class SignInTrouble(NamedTuple):
    """The reason why there is no token until a person acts. `word` is stored for it; signing in
    again does not cure all of them."""

    word: str
    message: str
    is_cured_by_signing_in: bool = True


ENDED = SignInTrouble(
    "ended",
    N_(
        "The provider no longer accepts this sign-in. It ended, or the password "
        "changed. Open “Mail account” and sign in again."
    ),
)
# Nobody has signed in yet to an account that uses no password.
SIGN_IN_NEEDED = SignInTrouble(
    "needed",
    N_(
        "Nobody is signed in to this account at its provider. Open “Mail account” and "
        "sign in there."
    ),
)
ADMINISTRATOR_NEEDED = SignInTrouble(
    "administrator",
    N_(
        "The provider needs an administrator to allow this program first. Ask yours, "
        "then sign in again on “Mail account”."
    ),
)
ACCESS_BLOCKED = SignInTrouble(
    "policy",
    N_(
        "A conditional access rule of the account's organization blocks this program. "
        "An administrator finds the rule by this number in the sign-in log of Microsoft "
        "Entra and makes an exception. Signing in again does not help."
    ),
    is_cured_by_signing_in=False,
)
NOT_ASSIGNED = SignInTrouble(
    "assignment",
    N_(
        "This account is not assigned to the program. An administrator adds it in "
        "Microsoft Entra, under “Enterprise applications”, this program, “Users and "
        "groups”. Then sign in again on “Mail account”."
    ),
    is_cured_by_signing_in=False,
)
PROGRAM_REFUSED = SignInTrouble(
    "program",
    N_(
        "The provider does not know this program, or its secret is wrong or has "
        "expired. Have it renewed at the provider, then sign in again on “Mail "
        "account”."
    ),
    is_cured_by_signing_in=False,
)
# By the stored word.
SIGN_IN_TROUBLES = {
    trouble.word: trouble
    for trouble in (
        *(ENDED, SIGN_IN_NEEDED, ADMINISTRATOR_NEEDED),
        *(ACCESS_BLOCKED, NOT_ASSIGNED, PROGRAM_REFUSED),
    )
}


class SignInEnded(ProductError):
    """The provider gives no token until a person acts.

    `stored` is the trouble's word, followed by the provider's own number, if any (`AADSTS53003`).
    """

    def __init__(self, trouble: SignInTrouble = ENDED, number: str = "") -> None:
        self.trouble = trouble
        self.stored = f"{trouble.word} {number}".strip()
        super().__init__(trouble.message)


def sign_in_trouble(stored: str) -> tuple[SignInTrouble, str]:
    """Return the trouble and the provider's number for what a `SignInEnded` has `stored`."""
    word, _, number = stored.partition(" ")
    return SIGN_IN_TROUBLES[word], number

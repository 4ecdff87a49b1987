"""What can go wrong, in the product's terms.

`shared` raises these; the edge (an API answer, a page, a screen) translates them once, with
`explain`. A bug is none of these and is left to crash.
"""

import regex

from shared.errors.access import *  # noqa: F403
from shared.errors.base import ProductError as ProductError
from shared.errors.base import explain as explain
from shared.errors.mail_sign_in import *  # noqa: F403
from shared.errors.pictures import *  # noqa: F403
from shared.language import N_


class EventUnknown(ProductError):
    message = N_("There is no such event.")


class VolunteerUnknown(ProductError):
    message = N_("This person is no longer on the list.")


class ListColumnUnknown(ProductError):
    message = N_("The list of this event has no column “{column}”.")


class NameNotConfirmed(ProductError):
    message = N_("Nothing was deleted: this is not the name of the event. Type it as it is shown.")


class DefaultEventStays(ProductError):
    message = N_(
        "Programs that name no event work on this one. Choose another event for them first, then "
        "delete it."
    )


class MessageKindUnknown(ProductError):
    message = N_(
        "This program knows no messages of the kind “{kind}”. "
        "Did a newer version queue them? Then start that version again."
    )


class DatabaseUnknown(ProductError):
    message = N_(
        "A version that this one does not know has worked on the database last (revision "
        "{revision}). If it was a newer one, start that again; if it was older than 2026-11-26, "
        "start the version of that day once."
    )


class InvitationUnknown(ProductError):
    message = N_(
        "This link is not valid. Open it from the newest mail, or ask the organizer for a new one."
    )


# Names and drawing


class NameProblem(ProductError):
    """The base of all reasons why a name cannot be put on a certificate."""


class NameMissing(NameProblem):
    message = N_("Please enter the name that the certificate should carry.")


class NameIsAddress(NameProblem):
    message = N_("“{text}” is an e-mail address, not a name.")


class NameTooLong(NameProblem):
    message = N_("The name is too long: at most {limit} characters. Please write a shorter form.")


class NameNotPlain(NameProblem):
    message = N_(
        "These characters cannot be printed: {characters}. Please write the name another way."
    )


class NameWithInvisible(NameNotPlain):
    """`characters` are not in the message: a code point tells volunteers nothing."""

    message = N_("The name contains an invisible character. Please type it instead of pasting it.")


class NameWithPiledMarks(NameNotPlain):
    """`letter` is the letter that they are on: the marks alone mean nothing to people."""

    message = N_(
        "More marks are piled on “{letter}” than can be printed. Please write the name another way."
    )


class NameDoesNotFit(NameProblem):
    """`text` is what does not fit, a name or a column; a long one is quoted by its beginning."""

    message = N_("“{text}” is too long for the certificate. Please write a shorter form.")

    def __init__(self, *, text: str) -> None:
        super().__init__(text=_beginning(text))


def _beginning(text: str, most: int = 24) -> str:
    """The first few characters as people count them (UAX #29), so that none is cut in two."""
    characters = regex.findall(r"\X", text)
    return text if len(characters) <= most else "".join(characters[: most - 1]) + "…"


class NoGlyph(NameProblem):
    message = NameNotPlain.message


class PlaceholderEmpty(NameProblem):
    message = N_("There is no value for {placeholders}, which the certificate's texts need.")


class DiskFull(ProductError):
    """There is no room to store anything, for whoever runs the installation to make."""

    message = N_(
        "The disk of this installation is full, so nothing could be stored. What was stored before "
        "is not lost. Whoever runs the installation has to make room; then try again."
    )


# What organizers upload and enter


class FontRefused(ProductError):
    """The base of all reasons why an uploaded font file cannot be used."""


class FontBroken(FontRefused):
    message = N_(
        "The file is no font, is damaged, or was not uploaded whole. Get the TTF or OTF file again."
    )


class FontWrongKind(FontRefused):
    message = N_(
        "Font files of the kind {kind} cannot be used. Upload the TTF or OTF file of the same font."
    )


class FontCollection(FontRefused):
    message = N_(
        "The file is a collection of fonts (TTC). Upload the single TTF or OTF file of the one "
        "that you want."
    )


class FontVariable(FontRefused):
    message = N_(
        "The file holds many weights in one (a variable font). Upload one of the static files "
        "that come with it, for example Regular."
    )


class FontTooLarge(FontRefused):
    message = N_("The font file is larger than {limit} MB. Upload a smaller edition of it.")


class FontTooDeep(FontRefused):
    message = N_(
        "A character of this font takes longer to draw than any real one. "
        "Get the TTF or OTF file again, or use another font."
    )


class FontNotEmbeddable(FontRefused):
    message = N_(
        "The makers of this font do not allow documents to carry it. "
        "Use another font, or one whose licence allows embedding and subsetting."
    )


class FontWithoutLetters(FontRefused):
    message = N_("The font has no letters. Symbol fonts cannot be used for names.")


class FontWithoutOutlines(FontRefused):
    message = N_(
        "The font consists of pixels or colour pictures only. Upload one whose letters are "
        "outlines."
    )


class LayoutRefused(ProductError):
    message = N_("The layout cannot be used: {reason}")


class LayoutPlaceholderUnknown(LayoutRefused):
    message = N_(
        "{field}: the placeholder {placeholder} is unknown. There are {known}. To write a brace, "
        "type two."
    )


class BoxTooSmall(LayoutRefused):
    message = N_("The box of the field “{field}” is smaller than a pixel. Draw it larger.")


class FixedTextDoesNotFit(LayoutRefused):
    message = N_(
        "The text of the field “{field}” does not fit its box. Enlarge the box or shorten the text."
    )


class FixedTextRefused(LayoutRefused):
    message = N_("The text of the field “{field}” has letters that cannot be drawn: {characters}.")


class LayoutPictureMissing(LayoutRefused):
    message = N_("The picture of the field “{field}” is missing. Upload it again.")


class LayoutFontMissing(LayoutRefused):
    message = N_("The font of the field “{field}” is missing. Upload it again.")


class NoDesign(ProductError):
    message = N_("The event has no certificate yet. Upload its picture and place the name first.")


class SentMeanwhile(ProductError):
    """Somebody else, or another tab, has sent since this person saw whom a sending would reach."""

    message = N_("Something was sent meanwhile. Look at the new counts, then send.")


class ChangedMeanwhile(ProductError):
    """Somebody else has stored what this person still sees as it was."""

    message = N_("Somebody else has just saved this. Look at what is there now, then save again.")


class DesignChanged(ProductError):
    """Somebody else, or another tab, has changed the placement that this person still sees."""

    message = N_("The certificate was changed elsewhere since this was shown.")


class SettingRefused(ProductError):
    """A value that cannot be used; `field` names it as the API does."""

    message = N_("{field}: {reason}")


class GroupUnknown(ProductError):
    message = N_("The event has no such group.")


class PlaceholderUnknown(SettingRefused):
    message = N_("{field}: the placeholder {placeholder} is unknown. There are {known}.")


class DateUnreadable(ProductError):
    message = N_("“{text}” is not a date like 2026-11-24.")


class ListUnreadable(ProductError):
    message = N_("This cannot be read as a list: {reason}")


class DestinationRefused(ProductError):
    message = N_(
        "This server lies in a private network, which only the owner of this installation may "
        "enter or allow (TRUSTED_NETWORKS). Nothing was sent there."
    )


# The flow


class AlreadyMailed(ProductError):
    message = N_("The certificate was already mailed to {address}.")


class CorrectionRefused(ProductError):
    """The base of the reasons why a mailed certificate is not corrected again."""


class CorrectedTodayAlready(CorrectionRefused):
    """`time` is written for people, with its time zone."""

    message = N_(
        "The name was corrected {count} times within a day. It can be corrected again from {time}."
    )


class CorrectedTooOften(CorrectionRefused):
    message = N_(
        "The name was corrected {count} times already. If it is still wrong, ask the organizer: "
        "they can let you enter it anew."
    )


class CertificateWithdrawn(CorrectionRefused):
    message = N_("This certificate was withdrawn. Only the organizer can issue it anew.")


class AddressKeptNoLonger(CorrectionRefused):
    message = N_(
        "Your address is kept no longer, so nothing could be mailed to you. Please write to the "
        "organizer."
    )


class NothingToIssue(ProductError):
    message = N_("Nothing on this certificate would change, so it was not issued anew.")


class TooManyPages(ProductError):
    message = N_(
        "One PDF takes at most {limit} certificates. Choose fewer people, or a ZIP instead."
    )


class DownloadsBusy(ProductError):
    message = N_("Certificates are being downloaded already. Try again when that is over.")


class TooLongForExcel(ProductError):
    message = N_(
        "Excel opens no more than 1 048 576 lines, and this list or its log of mails has more. "
        "Download them as CSV."
    )


class TooManyLinks(ProductError):
    message = N_("Excel opens no more than 1 048 576 lines, and this table would have more.")


class ReadersBusy(ProductError):
    message = N_(
        "Several files are being looked through at this moment. Please try again in a minute."
    )


class TablesBusy(ProductError):
    message = N_("Several tables are being downloaded already. Please try again in a moment.")


class ArchivesBusy(ProductError):
    message = N_(
        "A file with everything of this event, or of others, is on its way to somebody already. "
        "Try again when that is over."
    )


class NotReady(ProductError):
    """`reason` is what the preflight checks found, as a sentence."""

    message = N_("Nothing was sent. {reason}")


class MailboxTrouble(ProductError):
    """The mailbox for returned mail could not be read; `reason` is a message of its own."""

    message = N_("The mailbox could not be read: {reason}")


class AccountInUse(ProductError):
    message = N_(
        "The account is kept: mails of this event still wait for it. Wait until they have left, "
        "or take the invitations back first."
    )


class AccountChanged(ProductError):
    message = N_("Somebody has just changed the mail account. Please try again.")


class PasswordNeeded(ProductError):
    """Also the trouble of an account that waits for its password."""

    message = N_(
        "The stored password was not taken over: it is for another server or user name, and is "
        "sent nowhere else. Enter the password of this mail account."
    )


class MailFailed(ProductError):
    message = N_("The certificate could not be mailed: {reason}")

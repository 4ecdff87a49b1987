"""Names of the acts in the log, of who did them, and of the fields that they changed."""

import streamlit as st

from console.session import actor, reading
from console.text import FIELD_NAMES, ROLE_NAMES, listed, plain, t, written_time
from console.widgets.pressed import act_button
from shared.access.roles import Permission, Role
from shared.language import N_
from shared.log import audit_log
from shared.mail.accounts.sharing import BY_ANOTHER_EVENT
from shared.mail.kinds.registry import kinds
from shared.storage.models import Action, AuditEntry
from shared.storage.models.volunteer import FACTS

ACTION_NAMES = {
    Action.EVENT_CREATED: N_("Event created"),
    Action.EVENT_COPIED: N_("Event copied"),
    Action.EVENT_ARCHIVED: N_("Event archived"),
    Action.EVENT_BROUGHT_BACK: N_("Event restored from the archive"),
    Action.EVENT_DELETED: N_("Event deleted"),
    Action.DEFAULT_EVENT_CHOSEN: N_("Default event chosen"),
    Action.SETTINGS_CHANGED: N_("Settings changed"),
    Action.ORGANIZATION_CHANGED: N_("Organization changed"),
    Action.TEXTS_CHANGED: N_("Mail text changed"),
    Action.PAGE_PUBLISHED: N_("Event page published"),
    Action.PAGE_CLOSED: N_("Event page closed"),
    Action.DESIGN_CHANGED: N_("Certificate changed"),
    Action.FILE_UPLOADED: N_("File uploaded"),
    Action.ACCOUNT_CHANGED: N_("Mail account changed"),
    Action.ACCOUNT_FORGOTTEN: N_("Mail account removed"),
    Action.TEST_MAIL_SENT: N_("Test mail sent"),
    Action.MAIL_SIGNED_IN: N_("Signed in to the mail account"),
    Action.MAIL_SIGNED_OUT: N_("Signed out of the mail account"),
    Action.KEY_CREATED: N_("Colleague added"),
    Action.KEY_REVOKED: N_("Colleague removed"),
    Action.TOKEN_RENEWED: N_("Organizer's token renewed"),
    Action.OWNER_TOKEN_CHANGED: N_("Owner's token changed"),
    Action.SEALING_KEYS_ROTATED: N_("Keys of the installation changed"),
    Action.INVITATION_MADE: N_("Colleague invited"),
    Action.INVITATION_WITHDRAWN: N_("Colleague's invitation withdrawn"),
    Action.INVITATION_TAKEN: N_("Colleague's invitation accepted"),
    Action.IDENTITY_BOUND: N_("Organization's sign-in linked"),
    Action.SIGNED_IN: N_("Signed in"),
    Action.SIGNED_OUT: N_("Signed out"),
    Action.SESSION_ENDED: N_("Session ended"),
    Action.KEY_REFUSED: N_("Refused: unknown key"),
    Action.ROLE_REFUSED: N_("Refused: not allowed by the role"),
    Action.INVITATION_REFUSED: N_("Refused: expired invitation"),
    Action.SIGN_IN_REFUSED: N_("Refused: sign-in"),
    Action.MAIL_SIGN_IN_REFUSED: N_("Refused: sign-in to the mail account"),
    Action.LIST_ADDED: N_("List added"),
    Action.LIST_UPDATED: N_("List updated"),
    Action.LIST_UNDONE: N_("List undone"),
    Action.COLUMNS_CHANGED: N_("Columns changed"),
    Action.COLUMN_FORGOTTEN: N_("Column deleted"),
    Action.VOLUNTEER_CHANGED: N_("Volunteer changed"),
    Action.VOLUNTEER_REMOVED: N_("Volunteer removed from the list"),
    Action.VOLUNTEER_REOPENED: N_("Name reopened"),
    Action.GROUP_ADDED: N_("Group added"),
    Action.GROUP_REMOVED: N_("Group removed"),
    Action.CERTIFICATES_ISSUED_ANEW: N_("Certificates reissued"),
    Action.CERTIFICATES_WITHDRAWN: N_("Certificates withdrawn"),
    Action.WITHDRAWALS_UNDONE: N_("Withdrawals undone"),
    Action.ISSUER_CHANGED: N_("Issuer of credentials changed"),
    Action.ISSUER_KEY_CHANGED: N_("Signing key of an issuer changed"),
    Action.QUEUED: N_("Messages sent"),
    Action.TAKEN_BACK: N_("Messages taken back"),
    Action.RETRIED: N_("Failed messages retried"),
    Action.MARKED_AS_SENT: N_("Marked as arrived"),
    Action.STOPPED: N_("Sending stopped"),
    Action.RESUMED: N_("Sending resumed"),
    Action.RELEASED: N_("Held messages released"),
    Action.REPORTS_JUDGED: N_("Decided about unproven reports"),
    Action.MAILS_HELD: N_("Mails stopped: older or moved database"),
    Action.HOLD_ENDED: N_("Decided about mails before a restore"),
    Action.JOB_STOPPED: N_("Stopped a bulk action"),
    Action.JOB_CONFIRMED: N_("Continued a bulk action after a restore"),
    Action.GONE_LIVE: N_("Event went live"),
    Action.BEGUN_FOR_REAL: N_("Rehearsal deleted"),
    Action.LINK_SEEN: N_("Personal link viewed"),
    Action.LINK_COPIED: N_("Personal link copied"),
    Action.MAILBOX_SEEN: N_("Rehearsal mail viewed"),
    Action.EXPORTED: N_("Exported"),
    Action.NOTICES_READ: N_("Notices read"),
    Action.PRIVACY_CHANGED: N_("Privacy text changed"),
    Action.ERASED: N_("Person erased"),
    Action.ERASED_BY_THEMSELVES: N_("Person erased at their request"),
    Action.RETENTION_CHANGED: N_("Retention changed"),
    Action.RETENTION_DONE: N_("Retention applied"),
    Action.LOG_CUT: N_("Old entries of the log deleted"),
}
# Columns whose names no form shares.
_COLUMN_NAMES = {
    "organization": N_("Name of the organization"),
    "certificate_date": N_("Date on the certificates"),
    "starts_on": N_("First day of the event"),
    "corrections_allowed": N_("Corrections"),
    "on_records": N_("Listed in people's records"),
    "ask_when_unsure": N_("If we cannot tell whether a mail went out"),
    "mailed_picture_limit": N_("Largest picture in a mail"),
    "skip_auth": N_("No password needed"),
    "by_token": N_("Sign in at the provider"),
    "sign_in": N_("Sign in at the provider"),
    "returned_mail": N_("Bounced mail"),
    "account": N_("Account of another event"),
    BY_ANOTHER_EVENT: N_("by another event on this account"),
    "template": N_("Picture of the certificate"),
    "layout": N_("Placement"),
    "group": N_("Group"),
    "wording_drafts": N_("Draft"),
    "font": N_("Typeface"),
    "picture": N_("Picture"),
    "privacy_texts": N_("Privacy text"),
    "naming": N_("Who decides the names"),
    "is_public": N_("Public"),
    "is_in_full": N_("In full in the person's PDF"),
    "columns": N_("Columns of the list"),
    "qualifying": N_("Who gets one"),
    "qualified_by_hand": N_("Qualifies by an organizer's decision"),
    "list_mappings": N_("Columns of the list"),
    "issuer_id": N_("Issuer"),
    "listed_name": N_("Name on the list"),
    "archive": N_("Archive"),
    "certificates_withdrawn": N_("Certificates withdrawn"),
}
# What a role may do, as the log names it where that was refused.
_PERMISSION_NAMES = {
    Permission.SEE_COUNTS: N_("See the counts"),
    Permission.SEE_TABLE: N_("See the table"),
    Permission.SEE_ADDRESSES: N_("See addresses"),
    Permission.CHANGE_LIST: N_("Change the list"),
    Permission.SEND: N_("Send mails"),
    Permission.READ_MAILBOX: N_("Read the rehearsal mailbox"),
    Permission.EXPORT: N_("Download lists"),
    Permission.WITHDRAW: N_("Withdraw certificates"),
    Permission.CHANGE_DESIGN: N_("Change the certificate"),
    Permission.CHANGE_TEXTS: N_("Change texts and settings"),
    Permission.CHANGE_ACCOUNT: N_("Change the mail account"),
    Permission.MANAGE_KEYS: N_("Manage colleagues"),
    Permission.SEE_LOG: N_("See the log"),
    Permission.DELETE: N_("Delete the event"),
    Permission.MANAGE_EVENTS: N_("Make events"),
}
# Fields that the program sets by itself, besides what was entered: an entry does not name them.
_NOTED = {
    *("host_by_owner", "signed_in", "issue_at", "retention_at", "suppressions_due"),
    "next_number",
    *("email_key", "stood_key"),
    *(column.key for fact in FACTS for column in fact.columns),
}


def action_name(action: Action) -> str:
    """Return the action in the reader's language; its value if it has no name here."""
    return t(ACTION_NAMES.get(action, action.value))


def actor_name(entry: AuditEntry) -> str:
    """Return the name of who did it; a token that is nobody's own is named after what it opens."""
    if entry.by_name:
        return entry.by_name
    if entry.by_role is Role.OWNER:
        return t("Owner")
    return t("The event's token") if entry.by_role else t("The program")


def field_names(entry: AuditEntry) -> str:
    """Return what an entry says was changed, as a list in words: the screens' names of fields,
    kinds of message, roles and permissions, otherwise the program's own names."""
    named = FIELD_NAMES | _COLUMN_NAMES | {kind.name: kind.title for kind in kinds()}
    named |= {role.value: name for role, name in ROLE_NAMES.items()}
    named |= {permission.value: name for permission, name in _PERMISSION_NAMES.items()}
    shown = (field for field in entry.fields if field not in _NOTED)
    return listed(t(named[field]) if field in named else field for field in shown)


def entry_words(entry: AuditEntry) -> str:
    """Return an entry in a line of Markdown: who did what, to how many, and what they changed."""
    count = "" if entry.count is None else f"{entry.count:,}"
    parts = (actor_name(entry), action_name(entry.action), count, field_names(entry))
    return " · ".join(plain(part) for part in parts if part)


# Above every screen: changes by others to account and keys, until the reader has seen them


def show_notices() -> None:
    """Show what others changed and the reader has not seen, with a button that ends it.

    Call it for readers who may see the log, within `in_hand`.
    """
    with reading() as (session, event):
        found = audit_log.unread_notices(session, event, actor())
    if not found:
        return
    with st.container(border=True, key="actions.notices"):
        title = t("Changed by somebody else")
        st.markdown(f":material/notifications: **{title}**")
        lines = (f"- {written_time(entry.at, event)} · {entry_words(entry)}" for entry in found)
        st.markdown("\n".join(lines))
        key, seen = f"actions.seen.{event.id}", audit_log.dismiss_notices
        act_button(t("Mark as seen"), key, seen, Permission.SEE_LOG)

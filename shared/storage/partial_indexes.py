"""Indexes of a part of their table or of an expression, and how a query says that it wants them.

A query finds such an index only when it asks for the same with the same literal words: SQLite
never knows what a bound value will be, and PostgreSQL does not when it keeps a plan.
"""

from sqlalchemy import ColumnElement, Index, literal_column, text

OPEN_MAIL = "state IN ('queued', 'sending')"
# About nobody on the list: for the organizer's own eyes.
OPEN_OWN_MAIL = f"volunteer_id IS NULL AND {OPEN_MAIL}"
HAS_PROBLEM = "problem IS NOT NULL"
# Who is invited has a link, from the same moment on: nobody's mails need to be looked through.
NOT_INVITED = "status = 0 AND token IS NULL AND erased_at IS NULL"
# Who has no name on the list either, so that they are asked whoever says the names.
TO_ASK = f"{NOT_INVITED} AND listed_name = ''"
# Whose name the list knows, and who neither submitted one nor is to enter it anew.
TO_ISSUE = "status < 2 AND listed_name <> '' AND problem IS NULL AND reopened_at IS NULL"
# Whose name on the list cannot be drawn, so that they get no certificate.
HELD_FOR_NAME = "status < 2 AND problem IN ('name_does_not_fit', 'no_glyph')"
# Whose address is known.
ADDRESS_KEPT = "erased_at IS NULL AND address_forgotten_at IS NULL"
# Whose address is known as a hash only: see `privacy.retention`.
ADDRESS_FORGOTTEN = "address_forgotten_at IS NOT NULL"
# Somebody who wants no reminders any more.
ENDED_REMINDERS = "reminders_ended_at IS NOT NULL"
# A link that its owner asked for.
REQUESTED = "kind = 'link_request'"
# By which the database sees that nothing holds a certificate that is removed.
CARRIES_ONE = "certificate_id IS NOT NULL"
# Taken by a mail server, and come back.
RETURNED = "returned_at IS NOT NULL AND state = 'failed'"
NOT_ARRIVED = "state IN ('failed', 'unsure')"
# An entry of the log that names somebody on the list.
ABOUT_A_VOLUNTEER = "volunteer_id IS NOT NULL"
# Certificates that count: no later one took their place, and nobody took them back.
STANDING = "replaced_at IS NULL AND withdrawn_at IS NULL"
# An entry of the log that organizers are told of: `events.notices`.
NOTICED = (
    "action IN ('account_changed', 'account_forgotten', 'key_created', 'key_revoked', "
    "'token_renewed', 'invitation_taken', 'identity_bound', 'retention_changed', "
    "'owner_token_changed', 'sealing_keys_rotated')"
)
# Of an event with groups, who is in one.
IN_A_GROUP = "group_id IS NOT NULL"
# Certificates that were taken back: few among a million.
WITHDRAWN = "withdrawn_at IS NOT NULL"
# Who has a value that is sealed.
HAS_SECRETS = "secrets IS NOT NULL"
# A column of a list whose values are being read, sealed or opened.
CATCHING_UP = "backlog > 0"
# The name that is shown (see Volunteer.name), as an index of its own counts its letters.
NAME_LENGTH = "length(coalesce(nullif(given_name, ''), listed_name))"


def partial_index(name: str, *columns: str, where: str) -> Index:
    """An index of the rows for which `where`, one of the conditions above, is true."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def worded(expression: str) -> ColumnElement[int]:
    """An indexed expression in a query, word for word."""
    return literal_column(expression)


def asked(where: str) -> ColumnElement[bool]:
    """The condition of a partial index in a query, word for word."""
    return literal_column(f"({where})")

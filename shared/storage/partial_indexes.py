"""Indexes on part of a table or on an expression, and how a query asks for them.

A query uses such an index only if it repeats the condition literally: SQLite never knows what a
bound value will be, nor does PostgreSQL in a cached plan.
"""

from sqlalchemy import ColumnElement, Index, literal_column, text

OPEN_MAIL = "state IN ('queued', 'sending')"
# Mails about nobody on the list, for the organizer only.
OPEN_OWN_MAIL = f"volunteer_id IS NULL AND {OPEN_MAIL}"
HAS_PROBLEM = "problem IS NOT NULL"
# People are given a link as soon as they are invited, so nobody's mails need to be searched.
NOT_INVITED = "status = 0 AND token IS NULL AND erased_at IS NULL"
# People with no name on the list either, who are asked whoever decides the names.
TO_ASK = f"{NOT_INVITED} AND listed_name = ''"
# People whose name the list has, and who neither submitted one nor are to enter it again.
TO_ISSUE = "status < 2 AND listed_name <> '' AND problem IS NULL AND reopened_at IS NULL"
# People whose name on the list cannot be drawn, so that they get no certificate.
HELD_FOR_NAME = "status < 2 AND problem IN ('name_does_not_fit', 'no_glyph')"
# People whose address is known.
ADDRESS_KEPT = "erased_at IS NULL AND address_forgotten_at IS NULL"
# People whose address is known only as a hash: see `privacy.retention`.
ADDRESS_FORGOTTEN = "address_forgotten_at IS NOT NULL"
# People who want no more reminders.
ENDED_REMINDERS = "reminders_ended_at IS NOT NULL"
# Links that people asked for.
REQUESTED = "kind = 'link_request'"
# Lets the database see that nothing refers to a certificate being removed.
CARRIES_ONE = "certificate_id IS NOT NULL"
# Mails that a server took, and that came back.
RETURNED = "returned_at IS NOT NULL AND state = 'failed'"
# Mails that were refused for now, or whose outcome is unknown, and that are tried again.
TRIED_AGAIN = "waits_since IS NOT NULL AND state IN ('queued', 'sending')"
NOT_ARRIVED = "state IN ('failed', 'unsure')"
# Entries of the log that name somebody on the list.
ABOUT_A_VOLUNTEER = "volunteer_id IS NOT NULL"
# Valid certificates: neither replaced nor withdrawn.
STANDING = "replaced_at IS NULL AND withdrawn_at IS NULL"
# Entries of the log that organizers are told about: `events.notices`.
NOTICED = (
    "action IN ('account_changed', 'account_forgotten', 'key_created', 'key_revoked', "
    "'token_renewed', 'invitation_taken', 'identity_bound', 'retention_changed', "
    "'owner_token_changed', 'sealing_keys_rotated')"
)
# People who are in a group.
IN_A_GROUP = "group_id IS NOT NULL"
# Withdrawn certificates: few among a million.
WITHDRAWN = "withdrawn_at IS NOT NULL"
# People with a sealed value.
HAS_SECRETS = "secrets IS NOT NULL"
# Columns of a list whose values are being read, sealed or unsealed.
CATCHING_UP = "backlog > 0"
# The name that is shown (see Volunteer.name), for an index on its length.
NAME_LENGTH = "length(coalesce(nullif(given_name, ''), listed_name))"


def partial_index(name: str, *columns: str, where: str) -> Index:
    """An index on the rows for which `where`, one of the conditions above, is true."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def worded(expression: str) -> ColumnElement[int]:
    """An indexed expression for a query, literally."""
    return literal_column(expression)


def asked(where: str) -> ColumnElement[bool]:
    """The condition of a partial index for a query, literally."""
    return literal_column(f"({where})")

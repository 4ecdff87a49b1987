"""A copy of an event: everything that its organizers entered and designed, without its people."""

from dataclasses import dataclass

from sqlalchemy import insert, inspect, literal, select
from sqlalchemy.orm import Session

from shared.access import colleagues
from shared.certificates.designs.designs import artwork_of
from shared.certificates.designs.old_names import called_in
from shared.events.settings import create_event
from shared.log import audit
from shared.mail.accounts.sending_account import use_account_of
from shared.storage import hooks
from shared.storage.models import Action, Design, Event, EventFont, Group, Role
from shared.storage.sealing.tokens import Seal
from shared.volunteers.lists.list_columns import new_column

# Columns that are not copied: its access, people, progress and dates.
_OWN = {
    "id", "name", "organizer_token_hash", "created_at", "archived_at", "deleted_at",
    "certificates_withdrawn",
    "list_columns", "groups_version", "grouped_until", "next_number", "certificate_date",
    "starts_on", "ends_on", "names_until", "issue_at", "design_id",
    "account_id", "from_address", "early_account", "sending", "live_at", "is_forgetting_rehearsal",
    "sendings", "first_few",
    "page_id", "page_published_at", "page_is_listed", "page_thanks",
}  # fmt: skip


@dataclass(frozen=True)
class Link:
    """A link by which a person of the copied event joins the copy; shown once."""

    name: str
    role: Role
    token: str


@dataclass(frozen=True)
class Copied:
    """A copy, its organizer's token, and its people's links."""

    event: Event
    token: str
    links: tuple[Link, ...]


def copy_event(
    session: Session, seal: Seal, source: Event, *, name: str, with_people: bool = False
) -> Copied:
    """Make a new event in rehearsal with the design, texts, settings and mail account of `source`.

    Call with `source` locked. A fixed date is not copied, since the next event has another one.
    `with_people` invites everybody who works on `source` to the copy in the same role, with a link
    each: keys open only one event, and are stored as hashes. Raises SettingRefused.
    """
    copy, token = create_event(
        session, name=name, language=source.language, time_zone=source.time_zone
    )
    for attribute in inspect(Event).column_attrs:
        if attribute.key not in _OWN:
            setattr(copy, attribute.key, getattr(source, attribute.key))
    fonts = select(literal(copy.id), EventFont.sha256).where(EventFont.event_id == source.id)
    session.execute(insert(EventFont).from_select(["event_id", "sha256"], fonts))
    # The settings of columns apply to the next list; their sums do not.
    for column in source.known_columns:
        content = {"kind": column.kind, "unit": column.unit}
        shown = {"is_public": column.is_public, "is_in_full": column.is_in_full}
        session.add(new_column(copy, column.title, **content, **shown))
    # The image is not copied.
    copy.design = _alike(source.design, copy, 1)
    session.flush()
    # Groups are copied with their designs and texts; the new list decides who is in them.
    for version, group in enumerate(source.groups, start=2):
        copied = Group(
            column_title=group.column_title,
            value=group.value,
            name=group.name,
            wording=dict(group.wording),
            wording_drafts=dict(group.wording_drafts),
            design=_alike(group.design, copy, version),
        )
        copy.groups.append(copied)
        # One by one, to keep their order.
        session.flush()
    copy.groups_version = int(bool(source.groups))
    if source.account_id is not None:
        use_account_of(session, source, copy)
    hooks.features().event_copied(session, source, copy)
    audit.record(session, Action.EVENT_COPIED, source.id)
    links = []
    for person in colleagues.people_of(session, source.id) if with_people else ():
        if not person.has_expired:
            key = person.key
            _, opening = colleagues.invite(session, seal, copy, name=key.name, role=key.role)
            links.append(Link(key.name, key.role, opening))
    return Copied(copy, token, tuple(links))


def _alike(design: Design | None, copy: Event, version: int) -> Design | None:
    if design is None:
        return None
    return Design(
        event_id=copy.id,
        version=version,
        **artwork_of(design)._asdict(),
        layout=design.layout,
        jpeg_quality=design.jpeg_quality,
        typesetting=design.typesetting,
        called=called_in(design),
    )

"""Whose certificate has a name that earlier rules tore apart."""

from sqlalchemy import Select, or_

from shared.certificates.designs.designs import all_designs
from shared.certificates.issuing import chosen
from shared.rendering.layout import Layout
from shared.rendering.text.typesetting import NEWEST
from shared.storage.models import Certificate, Event
from shared.storage.models.certificate import STANDING
from shared.storage.traits import literal_sql


def with_torn_name(event: Event, among: chosen.People = None) -> Select[int]:
    """The ids of people on whose valid certificate a mark tears the name apart, as in O’ Brien: one
    that earlier rules drew a full em wide, although the nearest letters are not Chinese."""
    layouts = [Layout.from_json(design.layout) for _, design in all_designs(event)]
    fields = [field for layout in layouts for field in layout.fields]
    ids = {"name", *(field.id for field in fields if field.kind == "name")}
    # Of a name that was set like that, as JSON.
    settings = [Certificate.typesetting["fields"][id].as_string() for id in sorted(ids)]
    torn = [
        setting.like(face)
        & Certificate.name.regexp_match(f"(^|[{_LATIN}]){_OTHERS}[{marks}]{_OTHERS}([{_LATIN}]|$)")
        for setting in settings
        for face, marks in _WIDE_MARKS.items()
    ]
    is_set_long_ago = Certificate.typesetting["rules"].as_integer() < NEWEST
    return chosen.holders(event, among, literal_sql(STANDING), is_set_long_ago, or_(*torn))


# Letters beside which a mark is narrow, and those beside which it is not.
_LATIN, _CHINESE = "A-Za-zÀ-ɏͰ-ӿḀ-ỿ", "\u3040-ヿ㐀-䶿一-鿿豈-\ufaff𠀀-\U0003ffff"
_OTHERS = f"[^{_LATIN}{_CHINESE}]*"
# Marks that are a full em wide, by the face: see `rendering.text.marks`.
_WIDE_MARKS = {"%SC-Regular%": "‘’“”…‐", "%NotoSansSC%": "·", "%WenKai%": "‐"}

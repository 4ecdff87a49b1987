"""The exports of ticket shops and forms, recognized by titles that occur together in no other list.

Their columns are found by the same rules as those of any list. This module lists columns about the
programs themselves, which nobody wants on a certificate: when an answer came, from where, how long
it took. Titles are plain (`titles.plain_title`), in the languages of the programs.

Where the titles come from: pretix and Eventyay, `plugins/checkinlists/exporters.py` and
`base/exporters/orderlist.py`, with pretix's translations; Indico,
`modules/events/registration/util.py` (never translated); Eventbrite, Microsoft Forms, 问卷星 and
腾讯问卷, exports that others have published as examples of what they read; Google Forms, its own
sheets in English and Chinese.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.language import N_


@dataclass(frozen=True)
class KnownExport:
    """The titles of a program's exports.

    `told_by` are groups of titles: if all of one group occur, it is this program's. `first` are
    titles of which one comes first, `spelled` is a spelling that only it uses, `own` are titles
    about the program.
    """

    program: str
    told_by: tuple[frozenset[str], ...]
    own: frozenset[str] = frozenset()
    first: frozenset[str] = frozenset()
    spelled: str = ""


def _titles(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SHOP = _titles(
    "eventslug ordercode positionid status secret price paid taxrate taxrule taxvalue voucher "
    "pseudonymizationid automaticallycheckedin checkedout orderdate ordertime requiresattention "
    "bestellnummer preis geheimnis automatischeingecheckt ausgecheckt bezahlt"
)
_SHOP_TOLD_BY = (
    _titles("ordercode checkedin"),
    _titles("eventslug ordercode positionid"),
    _titles("bestellnummer eingecheckt"),
    _titles("观众姓名 已签入"),
    _titles("nomduparticipant enregistrementeffectué"),
    _titles("参加者の名前 チェックイン済み"),
)

KNOWN_EXPORTS = (
    KnownExport("Eventyay", _SHOP_TOLD_BY, _SHOP, spelled="E-mail"),
    KnownExport("pretix", _SHOP_TOLD_BY, _SHOP),
    KnownExport(
        "Indico",
        (_titles("registrationdate registrationstate"),),
        _titles("id registrationdate registrationstate checkindate tags"),
    ),
    KnownExport(
        "Eventbrite",
        (_titles("attendeestatus tickettype"),),
        _titles(
            "order orderno orderid orderdate quantity attendee attendeeno attendeeid eventname "
            "eventid currency totalpaid grosssales ticketprice"
        ),
    ),
    KnownExport(
        "Google Forms",
        (_titles("timestamp"), _titles("时间戳记"), _titles("時間戳記"), _titles("zeitstempel"),
         _titles("horodateur")),
        _titles("timestamp 时间戳记 時間戳記 zeitstempel horodateur"),
        first=_titles("timestamp 时间戳记 時間戳記 zeitstempel horodateur"),
    ),
    KnownExport(
        "Microsoft Forms",
        (_titles("id starttime completiontime"), _titles("id 开始时间 完成时间")),
        _titles("id starttime completiontime lastmodifiedtime language 开始时间 完成时间 "
                "上次修改时间"),
    ),
    KnownExport(
        N_("WJX (问卷星)"),
        (_titles("提交答卷时间 所用时间"),),
        _titles("序号 提交答卷时间 所用时间 来源 来源详情 来自ip 总分"),
    ),
    KnownExport(
        N_("Tencent Forms (腾讯问卷)"),
        (_titles("开始答题时间 结束答题时间"),),
        _titles("编号 开始答题时间 结束答题时间 答题时长 地理位置国家和地区 地理位置省 地理位置市 "
                "用户类型 用户标识 昵称 自定义字段"),
    ),
)  # fmt: skip


def known_export(titles: Sequence[str], names: Sequence[str]) -> KnownExport | None:
    """Return the program whose exports have these plain titles; `names` are the titles as
    written."""
    there = set(titles)
    for export in KNOWN_EXPORTS:
        is_recognized = any(group <= there for group in export.told_by)
        in_front = not export.first or titles[0] in export.first
        if is_recognized and in_front and (not export.spelled or export.spelled in names):
            return export
    return None

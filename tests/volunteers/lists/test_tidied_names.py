"""Names offered as people write them: never by themselves, and never at a name's cost."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.volunteers.lists.tidied_names import (
    Untidy,
    kinds_of,
    offered,
    tidied,
    untidy_names,
    with_tidied_names,
)
from tests.support.examples import examples
from tests.support.lists import read_list

CAPITALS, SMALL, TITLE, BRACKET, WIDE, LOOKALIKE, COMMA = (
    Untidy.CAPITALS, Untidy.SMALL, Untidy.TITLE, Untidy.BRACKET, Untidy.WIDE, Untidy.LOOKALIKE,
    Untidy.COMMA,
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind", "better"),
    [
        ("ANNA MEIER", CAPITALS, "Anna Meier"),
        ("LUDWIG VAN BEETHOVEN", CAPITALS, "Ludwig van Beethoven"),
        ("VAN DER BERG ANNA", CAPITALS, "Van der Berg Anna"),
        ("MARIA DA SILVA", CAPITALS, "Maria da Silva"),
        ("PIET VAN ’T HOFF", CAPITALS, "Piet van ’t Hoff"),
        ("ZHANG DE HUA", CAPITALS, "Zhang De Hua"),
        ("NGUYEN VAN AN", CAPITALS, "Nguyen Van An"),
        ("RONALD MCDONALD", CAPITALS, "Ronald McDonald"),
        ("SEÁN O’BRIEN", CAPITALS, "Seán O’Brien"),
        ("J. R. R. TOLKIEN", CAPITALS, "J. R. R. Tolkien"),
        ("JJ ABRAMS", CAPITALS, "JJ Abrams"),
        ("WAI NG", CAPITALS, "Wai Ng"),
        ("MARTIN LUTHER KING JR.", CAPITALS, "Martin Luther King Jr."),
        ("JOHN SMITH III", CAPITALS, "John Smith III"),
        ("ALİ IŞIK", CAPITALS, "Ali Işık"),
        ("МАР’ЯНА ІВАНЕНКО", CAPITALS, "Мар’яна Іваненко"),
        ("kai lee", SMALL, "Kai Lee"),
        ("anna von der heide", SMALL, "Anna von der Heide"),
        ("jean-pierre d'angelo", SMALL, "Jean-Pierre D'Angelo"),
        ("li da ming", SMALL, "Li Da Ming"),
        ("Mr. Tom Ford", TITLE, "Tom Ford"),
        ("Frau Dr. Eva Müller", TITLE, "Dr. Eva Müller"),
        ("王小明先生", TITLE, "王小明"),
        ("Tom Ford (team lead)", BRACKET, "Tom Ford"),
        ("王小明（组长）", BRACKET, "王小明"),
        ("【组长】王小明", BRACKET, "王小明"),
        ("Ｔｏｍ Ｆｏｒｄ", WIDE, "Tom Ford"),
        ("𝓙𝓸𝓱𝓷 𝕊𝕞𝕚𝕥𝕙", LOOKALIKE, "John Smith"),
        ("𝐉𝐨𝐬𝐞\u0301 ℬℯℓ", LOOKALIKE, "José Bel"),
        ("Meier, Anna", COMMA, "Anna Meier"),
        ("van der Berg, Anna K.", COMMA, "Anna K. van der Berg"),
        ("Иванов, Пётр", COMMA, "Пётр Иванов"),
    ],
)
def test_a_name_is_offered_as_its_language_writes_it(name: str, kind: Untidy, better: str):
    assert kinds_of(name) == [kind]
    assert tidied(name, [kind]) == better


@pytest.mark.parametrize(
    "name",
    [
        *("", "王小明", "Anna Meier", "Jean DUPONT", "WANG Xiaoming", "Ronald McDonald", "IBM"),
        *("UNICEF", "JJ", "ΓΙΩΡΓΟΣ ΠΑΠΑΔΟΠΟΥΛΟΣ", "Mr. Ford", "Frau Müller", "张老师", "Miss"),
        *(
            "William (Bill) Gates",
            "(Bill)",
            "(7)",
            "Dr. Eva Müller",
            "李丽 LILY",
            "محمد",
            "山田太郎",
            "José Bel",
        ),
        *("Martin Luther King, Jr.", "Meier, Dr. med.", "Smith, DVM", "Anna Meier, Berlin"),
        *("García Márquez, Gabriel", "Meier,", "王, 小明"),
    ],
)
def test_what_may_be_meant_so_is_not_offered(name: str):
    assert kinds_of(name) == []


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("MEIER, ANNA (she)", "Anna Meier"),
        ("\ufeff𝓐nna  \u00adMeier ", "Anna Meier"),
        ("\ufeffAnna  Meier ", ""),
        ("ANNA MEIER " * 30, ""),
    ],
)
def test_a_volunteer_is_offered_all_of_it_at_once(typed: str, better: str):
    assert offered(typed) == better


def test_each_kind_is_tidied_by_itself_and_several_together():
    name = "MR. TOM FORD (TEAM LEAD)"
    assert kinds_of(name) == [TITLE, BRACKET, CAPITALS]
    assert tidied(name, []) == name
    assert tidied(name, [CAPITALS]) == "Mr. Tom Ford (Team Lead)"
    assert tidied(name, [TITLE, BRACKET, CAPITALS]) == "Tom Ford"
    assert tidied("MEIER, FRAU ANNA", [TITLE, CAPITALS, COMMA]) == "Anna Meier"
    assert tidied("(guest) Mr. Tom Ford", [TITLE, BRACKET]) == "Tom Ford"


def test_a_list_is_tidied_only_as_somebody_says():
    found = read_list("name,email\nANNA MEIER,a@example.org\nkai lee,k@example.org")
    assert untidy_names(one.name for one in found.accepted) == {
        CAPITALS: ["ANNA MEIER"],
        SMALL: ["kai lee"],
    }
    assert with_tidied_names(found, set()) == found
    changed = with_tidied_names(found, {CAPITALS})
    assert [one.name for one in changed.accepted] == ["Anna Meier", "kai lee"]
    assert [one.name for one in found.accepted] == ["ANNA MEIER", "kai lee"]


NAMES = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            ["MR. ", "Frau ", "(x)", "（组长）", "[", ")", "ANNA", "van", "DER", "O’", "mc", "MCX",
             "JJ", "-", " ", "'", "İ", "ı", "ß", "ǆ", "王小明", "先生", "Ａ", "\u3000",
             "б", "III", ", ", "𝓙", "ℯ", "\u0307"]
        ),
        max_size=8,
    ).map("".join),
)  # fmt: skip


@examples(500)
@given(NAMES, st.sets(st.sampled_from(Untidy)))
@example("İ B", {CAPITALS})
def test_tidying_again_changes_nothing_and_no_name_is_lost(name: str, kinds: set[Untidy]):
    once = tidied(name, kinds)
    assert tidied(once, kinds) == once
    assert bool(once.strip()) == bool(name.strip())
    assert any(map(str.isalpha, once)) == any(map(str.isalpha, name))


@examples(300)
@given(NAMES)
def test_what_is_offered_changes_something_and_what_is_not_changes_nothing(name: str):
    offered = kinds_of(name)
    for kind in Untidy:
        assert (tidied(name, [kind]) != name) == (kind in offered)


@examples(300)
@given(NAMES)
def test_capitals_and_small_letters_change_no_letter_of_a_name(name: str):
    changed = tidied(name, [CAPITALS, SMALL])
    assert changed.casefold().replace("ı", "i") == _plain(name) or _plain(changed) == _plain(name)


def _plain(name: str) -> str:
    return (
        name.replace("İ", "i").replace("I", "i").casefold().replace("ı", "i").replace("\u0307", "")
    )

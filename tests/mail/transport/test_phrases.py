"""The table of phrases can be read, and finds what servers say in many languages."""

import re
import tomllib
from importlib.resources import files

import pytest

from shared.features.returned_mail.recipient import BounceVerdict, DeliveryAction, ReportedRecipient
from shared.mail.transport import phrases
from shared.mail.transport.phrases import Meaning, meaning

TABLE = files("shared.mail.transport").joinpath("phrases.toml")
ROWS = tomllib.loads(TABLE.read_text("utf-8"))["phrases"]
LANGUAGES = {"code", "en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "zh", "ja"}
UNKNOWN = [
    ("de", "550 Benutzer unbekannt"),
    ("de", "550 5.7.1 Empfänger anna@example.de existiert nicht"),
    ("de", "Das Postfach ist nicht vorhanden."),
    ("fr", "550 Adresse d'expédition: le destinataire est inconnu"),
    ("fr", "L’adresse de messagerie référencée ci-dessus n’existe pas."),
    ("fr", "550 Utilisateur introuvable"),
    ("es", "554 El usuario no existe"),
    ("es", "Destinatario desconocido"),
    ("es", "550 La casilla indicada es inexistente"),
    ("it", "550 Utente sconosciuto"),
    ("it", "La casella di posta è inesistente"),
    ("pt", "554 Usuário Inválido ou Inexistente"),
    ("pt", "O destinatário não foi encontrado"),
    ("nl", "550 Onbekende gebruiker"),
    ("nl", "Het e-mailadres bestaat niet"),
    ("pl", "550 Odbiorca ana@example.pl nie istnieje"),
    ("pl", "Nie ma takiego użytkownika"),
    ("ru", "550 Пользователь не найден"),
    ("ru", "Почтовый ящик не существует"),
    ("ru", "Нет такого пользователя"),
    ("zh", "550 查無此人"),
    ("zh", "该收件人地址不存在"),
    ("zh", "找不到该用户"),
    ("ja", "宛先のメールアドレスが存在しません"),
    ("ja", "ユーザ ana はディレクトリには見つかりません。"),
    ("en", "550 5.7.1 No mailbox found"),
]
FULL = [
    ("de", "552 Das Postfach des Empfängers ist voll"),
    ("de", "Benutzer hat zuviele Mails auf dem Server."),
    ("fr", "La boîte aux lettres du destinataire est pleine"),
    ("es", "Mailbox quota usage exceeded. Espacio en casilla de mail agotado."),
    ("es", "550 Destinatario desconocido o mailbox lleno"),
    ("it", "La casella del destinatario è piena"),
    ("pt", "A caixa postal do destinatário está cheia"),
    ("nl", "Postvak is vol"),
    ("pl", "Skrzynka odbiorcy jest przepełniona"),
    ("ru", "Почтовый ящик переполнен"),
    ("zh", "对方邮箱已满"),
    ("ja", "メールボックスの容量を超えています"),
    ("en", "550 5.1.1 User unknown or over quota"),
]


def verdict(said: str, status: str = "5.0.0") -> BounceVerdict:
    return ReportedRecipient(DeliveryAction.FAILED, "ana@example.net", "", status, said).verdict()


def example(phrase: str) -> str:
    """What the phrase stands for, at its shortest."""
    while innermost := re.search(r"\(([^()|]*)\|?[^()]*\)", phrase):
        phrase = phrase[: innermost.start()] + innermost[1] + phrase[innermost.end() :]
    return phrase.replace("*", " … ").replace("{us}", "t@example.org").replace("{ip}", "192.0.2.1")


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[1]} {row[2]}" for row in ROWS])
def test_a_row_can_be_read_and_is_found(row: list[str]) -> None:
    of, language, phrase, seen = row
    assert language in LANGUAGES
    assert seen
    assert re.fullmatch(r"[^?+\\\[\]]+", phrase), "only * (a|b) {us} {ip} have a meaning"
    said = meaning(f"550 {example(phrase)} ", us=["t@example.org"])
    # Another phrase in it may decide before.
    assert said is not None
    assert list(Meaning).index(said) <= list(Meaning).index(Meaning(of))


def test_no_row_is_there_twice() -> None:
    known = [(row[0], row[2]) for row in ROWS]
    assert sorted(known) == sorted(set(known))
    assert {row[1] for row in ROWS} == LANGUAGES


@pytest.mark.parametrize(("language", "said"), UNKNOWN)
def test_a_person_whom_nobody_knows_is_known_in_many_languages(language: str, said: str) -> None:
    assert verdict(said) is BounceVerdict.HARD


@pytest.mark.parametrize(("language", "said"), FULL)
def test_a_full_mailbox_flags_nobody_in_any_language(language: str, said: str) -> None:
    assert verdict(said, "5.1.1") is BounceVerdict.SOFT


@pytest.mark.parametrize(
    "said",
    [
        "550 This message contains invalid headers",
        "550 Contact us: your mail is invalid",
        "554 Rejected for volume; mailbox of the volunteers",
    ],
)
def test_a_word_of_one_language_is_not_found_in_one_of_another(said: str) -> None:
    assert meaning(said) in (None, Meaning.OTHER, Meaning.SENDING)


def test_a_network_address_is_no_status() -> None:
    assert phrases.status_in("host 195.5.1.1 said no") == ""
    assert phrases.status_in("5.1.1.7 5.2.1") == "5.2.1"
    assert verdict("5.1.1.10 said no", "5.0.0") is BounceVerdict.SOFT

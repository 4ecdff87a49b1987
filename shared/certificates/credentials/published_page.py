"""The page that verifies in the browser, by keys and lists that were published beside it."""

import json
from pathlib import Path
from typing import Any

from shared.certificates.credentials import carried, verifying
from shared.language import LANGUAGES, N_, translate

_FILES = Path(__file__).parent / "page"
_WORDS = {
    "title": N_("Verify a certificate"),
    "intro": N_(
        "Choose the certificate as you have it: the PDF, the PNG picture, or the signed credential "
        "(JSON)."
    ),
    "file": N_("The file"),
    "stays": N_("It stays on your device: this page checks it there, by what is published here."),
    "proves": N_("What this proves"),
    "proof": N_(
        "Who issued what to which name, and that nothing was changed. It does not prove that "
        "whoever shows it is that person."
    ),
    "good": N_("Signed, and it counts today"),
    "bad": N_("This file does not prove anything"),
    "not_checked": N_("This could not be checked"),
    "revoked_heading": N_("It was signed, and does not count any more"),
    "name": N_("Full name"),
    "event": N_("Thanked for"),
    "number": N_("Number"),
    "issuer": N_("Signed by"),
    "issued": N_("Issued on"),
    "not_the_picture": N_(
        "Only these facts are signed, not what the file looks like. Compare it with them."
    ),
    "not_ours": verifying.NOT_OURS,
    "forged": verifying.FORGED,
    "key_elsewhere": verifying.KEY_ELSEWHERE,
    "list_elsewhere": verifying.LIST_ELSEWHERE,
    "list_wrong": verifying.LIST_WRONG,
    "list_old": verifying.LIST_OLD,
    "revoked": verifying.REVOKED,
    "early": verifying.EARLY,
    "nothing": carried.NOTHING,
    "several": carried.SEVERAL,
    "unable": N_(
        "Not checked: this browser cannot check the signature. A current one can, at an https "
        "address."
    ),
    "unreachable": N_("Not checked: what is published here could not be read."),
    "not_published": N_(
        "The credential of this certificate is not published here. Choose the file that you have."
    ),
}


def files() -> dict[str, bytes]:
    """The page and its script by name, the same each time."""
    forms = {
        "credential": _for_script(verifying.CREDENTIAL_FORM),
        "list": _for_script(verifying.LIST_FORM),
        "most": verifying.MOST_COLUMNS,
    }
    texts = {
        language: {
            name: translate(words, language, address="{address}") for name, words in _WORDS.items()
        }
        for language in LANGUAGES
    }
    data = json.dumps({"forms": forms, "texts": texts}, ensure_ascii=False, indent=1)
    page = (_FILES / "verify.html").read_text("utf-8")
    return {
        "index.html": page.replace("DATA", data.replace("<", "\\u003c")).encode(),
        "verify.js": (_FILES / "verify.js").read_bytes(),
    }


def _for_script(form: Any) -> Any:
    """A form of `verifying` as JSON writes it: "" is any text, {"*": form} any number of it."""
    if form is str:
        return ""
    if isinstance(form, tuple):
        return {"*": _for_script(form[0])}
    if isinstance(form, list):
        return list(map(_for_script, form))
    if isinstance(form, dict):
        return {name: _for_script(one) for name, one in form.items()}
    return form

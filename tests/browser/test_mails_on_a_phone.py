"""Every mail in a real browser, as narrow as a phone: no word is broken, nothing is cut off."""

import pytest
from playwright.sync_api import Page

from shared.language import LANGUAGES, Language
from shared.mail.kinds import registry, texts
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.registry import Kind
from tests.support.browser import PageAt
from tests.support.composed import event_of
from tests.support.contrast import contrast, luminance

PHONE = (375, 740)
LINK = "https://certificates.harbour-friends.example.org/certificate?token=" + "AbC-123_xyz" * 4
# A word is broken if its letters are on two lines. Chinese may break anywhere (UAX #14), and so may
# addresses.
BROKEN_WORDS = """() => {
  const broken = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    for (const word of node.data.matchAll(/[A-Za-z']{2,}/g)) {
      const around = node.data.slice(0, word.index).match(/\\S*$/)[0] + node.data.slice(word.index);
      if (/^[a-z]+:\\/\\//.test(around)) continue;
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map(one => Math.round(one.top)));
      if (lines.size > 1) broken.push(word[0]);
    }
  }
  return broken;
}"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", registry.kinds())
def test_no_word_is_broken_and_nothing_stands_out(
    kind: Kind, language: Language, page_at: PageAt
) -> None:
    page = shown(page_at, kind, language)
    assert page.evaluate(BROKEN_WORDS) == []
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


# Each text's colour, and that of the nearest background behind it.
COLOURS = """() => {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const around = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !around.getClientRects().length) continue;
    const chain = [];
    for (let one = around; one; one = one.parentElement) chain.push(getComputedStyle(one));
    const behind = chain.find(one => one.backgroundColor !== "rgba(0, 0, 0, 0)");
    found.push([chain[0].color, behind.backgroundColor]);
  }
  return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_is_legible_in_the_light_and_in_the_dark(page_at: PageAt, scheme: str) -> None:
    """By the contrast that WCAG 2.2 asks of text (1.4.3)."""
    page = shown(page_at, CERTIFICATE, "en", color_scheme=scheme)
    colours = page.evaluate(COLOURS)
    assert len(colours) > 13
    assert min(contrast(text, behind) for text, behind in colours) >= 4.5
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (luminance(paper) < 0.05) == (scheme == "dark")


def shown(page_at: PageAt, kind: Kind, language: Language, **options: str) -> Page:
    names = {"en": "Harbour Run 2026 for the Lighthouse", "zh": "滨江志愿者 2026 Lighthouse"}
    event = event_of(language=language, name=names[language])
    values = {
        "name": "Maximiliana Wolkenstein",
        "number": "2026-000001",
        "link": LINK,
        "pdf": "https://certificates.harbour-friends.example.org/certificates/AbC-123_xyzAbC-1.pdf",
        "verification": "https://certificates.harbour-friends.example.org/verify/AbC-123_xyzAbC-1",
        "page": "https://certificates.harbour-friends.example.org/verify/AbC-123_xyzAbC-1",
    }
    known = {key: values[key] for key in kind.placeholders if key in values}
    is_certificate = kind is CERTIFICATE
    text = texts.write(event, kind, known, image=PICTURE if is_certificate else "")
    page = page_at(PHONE, language, **options)
    page.set_content(text.html)
    return page


PICTURE = "data:image/svg+xml," + (
    "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 600 424' width='600' height='424'%3E"
    "%3Crect width='600' height='424' fill='%23cde'/%3E%3C/svg%3E"
)

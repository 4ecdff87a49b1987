"""Translations of what Streamlit says only in English on our screens.

The page's script replaces each by exact match, outside our own content, so a text changed by a
later Streamlit merely becomes English again. What screen readers say may contain the `{label}` of a
field.
"""

from shared.language import N_, Language, translate

_WORDS = (
    N_("App pages"),
    N_("Choose an option"),
    N_("Choose date"),
    N_("Choose date and time"),
    N_("Choose options"),
    N_("Clear all"),
    N_("Clear date"),
    N_("Clear date and time"),
    N_("Clear entry"),
    N_("Clear selection"),
    N_("Clear value"),
    N_("Close"),
    N_("Close fullscreen"),
    N_("Collapse sidebar"),
    N_("Connecting"),
    N_("Copy to clipboard"),
    N_("Copied"),
    N_("Decrement"),
    N_("Expand sidebar"),
    N_("Fullscreen"),
    N_("Fullscreen: {label}"),
    N_("Help for {label}"),
    N_("Increment"),
    N_("Link to heading"),
    N_("Main menu"),
    N_("Navigate to home page"),
    N_("Next month"),
    N_("Next page"),
    N_("No results"),
    N_("Notifications"),
    N_("Open"),
    N_("Page {label}"),
    N_("Pagination"),
    N_("Previous month"),
    N_("Previous page"),
    N_("Running..."),
    N_("Search"),
    N_("Search: {label}"),
    N_("Select all"),
    N_("Show/hide columns"),
    N_("Show/hide columns: {label}"),
    N_("Sidebar"),
    N_("Skip to main content"),
    N_("Stop"),
    N_("day, {label}"),
    N_("file upload"),
    N_("month, {label}"),
    N_("progress"),
    N_("year, {label}"),
    N_("{label} color picker"),
)


def streamlit_words(language: Language) -> dict[str, str]:
    """Each of Streamlit's texts that differs in `language`, with its translation."""
    said = {word: translate(word, language, label="{label}") for word in _WORDS}
    return {word: words for word, words in said.items() if words != word}

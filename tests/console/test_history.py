"""What a tab has saved overwrites nobody's change."""

from console.screens.certificate.placement import changed
from console.screens.certificate.saving import History
from shared.rendering.layout import Layout, standard_layout

FIRST = standard_layout()


def sized(size: float) -> Layout:
    return changed(FIRST, "name", size=size)


def test_own_changes_are_no_surprise_to_a_hand_that_is_quicker_than_their_answer():
    history = History(1, FIRST)
    history.did(2, sized(0.1))
    history.did(3, sized(0.2))
    assert history.seen_after(1) == 3
    history.shows(4, sized(0.3))
    assert history.seen_after(1) == 3

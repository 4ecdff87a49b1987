"""How each text field of a design is set: its faces, for each language that it may be in."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from shared.errors import LayoutRefused
from shared.language import N_
from shared.rendering.layout import Field
from shared.rendering.text.faces import Face, chain, chain_behind, faces_by_file, own_face
from shared.rendering.text.fitting import Style


class Styles:
    """Those of one layout's fields that are shown."""

    def __init__(self, fields: Iterable[Field], fonts: Mapping[str, Path]) -> None:
        """`fonts` are the organizer's own, by SHA-256. Raises LayoutRefused."""
        self._own = {field.id: _own_face(field, fonts) for field in fields}
        self._styles: dict[tuple[str, str], Style] = {}

    def of(self, field: Field, language: str = "") -> Style:
        """The style for a text drawn in the forms of `language`; without one, in the default
        forms."""
        key = (field.id, language)
        if key not in self._styles:
            own = self._own[field.id]
            faces = chain_behind(own, language) if own else chain(field.face, language)
            spacings = (field.line_spacing, field.letter_spacing)
            self._styles[key] = Style(
                faces, field.weight, *spacings, is_paragraph=field.is_paragraph
            )
        return self._styles[key]

    def faces(self, field: Field) -> Mapping[str, Face]:
        """All faces that the field may have been set in, by file."""
        return faces_by_file(self._own[field.id])


def _own_face(field: Field, fonts: Mapping[str, Path]) -> Face | None:
    if not field.own_font:
        return None
    if field.own_font not in fonts:
        raise LayoutRefused(
            N_("The font of the field “{field}” is missing. Upload it again."), field=field.id
        )
    return own_face(fonts[field.own_font])

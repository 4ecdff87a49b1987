"""Fields that show what is stored, and keep what was typed until it is saved."""

from typing import Any, TypeVar

from console.session_key import SessionKey

Value = TypeVar("Value")


class StoredFields:
    """Fields that belong together, each in a place of its own below `place`.

    What was typed into one stays until it is saved, whatever others store meanwhile; the others
    follow what is stored. Streamlit would not do that with what is stored as a field's default: as
    soon as it changes, a field without a key is another one and forgets what was typed, and one
    with a key goes on showing what was stored before.
    """

    def __init__(self, place: SessionKey[Any]) -> None:
        self._place = place
        # What each field contained when nobody's typing was in it.
        self._untyped: dict[str, Any] = place.of("untyped").keep({})

    def of(self, name: str, stored: Value, before: Value | None = None) -> SessionKey[Value]:
        """The place of the widget for this field, filled; at first with what it contained `before`
        it was drawn again, if that was kept."""
        key: SessionKey[Value] = self._place.of("field", name)
        if not key.is_set():
            key.set(stored if before is None else before)
        if self._is_behind(name, key.get(), stored):
            key.set(stored)
        if key.get() == stored:
            self._untyped[name] = stored
        return key

    def settle(self, *names: str) -> None:
        """What these fields contain, or all, is saved, perhaps spelled otherwise: they follow it
        again."""
        settled = names or tuple(self._untyped)
        self._untyped |= {name: self._place.of("field", name).get() for name in settled}

    def is_overtaken(self, name: str, stored: object) -> bool:
        """Whether others have stored something else since this field was filled."""
        content = self._place.of("field", name).get()
        return content != stored and self._untyped.get(name) != stored

    def _is_behind(self, name: str, content: object, stored: object) -> bool:
        is_untyped = content == self._untyped.get(name)
        return content != stored and is_untyped and self._knows_what_was_typed()

    def _knows_what_was_typed(self) -> bool:
        return True


class StoredForm(StoredFields):
    """The fields of a form; its button is a widget at `save`.

    The browser keeps what is typed into a form until it is submitted, and would replace it by what
    a field is filled with before.
    """

    def __init__(self, place: SessionKey[Any]) -> None:
        super().__init__(place)
        self.save: SessionKey[bool] = place.of("save")
        self._is_settled: SessionKey[bool] = place.of("settled")
        self._was_settled = self._is_settled.take(False)

    def settle(self, *names: str) -> None:
        super().settle(*names)
        self._is_settled.set(True)

    def _knows_what_was_typed(self) -> bool:
        return self._was_settled or self.save.get(False)

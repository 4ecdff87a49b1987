"""The settings of texts, which are stored with an issued certificate and used for its drawings.

Rules change for which face draws a letter, where a line ends, and how large it may be. Issued
certificates do not: their lines, faces, sizes and places are stored, so drawing them decides and
refuses nothing.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Self

from shared.rendering.area import Area
from shared.rendering.text.faces import Face, in_forms, with_features, with_proportional_marks
from shared.rendering.text.fitting import SetLine, SetText
from shared.rendering.text.rules import KERNED, NEWEST, UNSQUEEZED
from shared.rendering.text.runs import Run, stroke_of


@dataclass(frozen=True)
class Typesetting:
    """The version of the rules, and the settings of fields by them, by field id; None if not stored
    yet. `language` is that of a design's texts, its event's."""

    rules: int = NEWEST
    fields: Mapping[str, Any] | None = None
    language: str = ""

    @property
    def is_issued(self) -> bool:
        """Whether it is of something issued, which was checked then."""
        return self.fields is not None or self.rules < UNSQUEEZED

    @property
    def of_new(self) -> "Typesetting":
        """The typesetting of new certificates of a design whose fixed texts have this one: by the
        same rules, or the oldest that are still used."""
        return Typesetting(max(self.rules, UNSQUEEZED))

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """Read the typesetting stored in a row."""
        return cls(document["rules"], document["fields"], document.get("language", ""))

    def with_settings(self, settings: Mapping[str, SetText]) -> "Typesetting":
        """Return these rules with the settings by them, by field id."""
        fields = {id: setting_to_json(setting) for id, setting in settings.items()}
        return Typesetting(self.rules, fields, self.language)

    def to_json(self) -> dict[str, Any]:
        language = {"language": self.language} if self.language else {}
        return {"rules": self.rules, "fields": self.fields, **language}


NEW = Typesetting()


def setting_to_json(setting: SetText) -> dict[str, Any]:
    """Return a setting as JSON: pixels from the box's corner, pixels per em, runs' starts in em."""

    def run_to_json(run: Run, start: float) -> dict[str, Any]:
        """Return a run without default values."""
        found: dict[str, Any] = {"text": run.text, "face": run.face.file, "start": start}
        further = {
            "forms": run.face.forms,
            "proportional": run.face.proportional,
            "rtl": run.right_to_left,
            "place": run.place,
            "spacing": run.spacing,
            "features": list(run.face.features),
            "stroke": run.stroke,
            "upright": run.upright,
        }
        return found | {name: value for name, value in further.items() if value}

    lines = [
        {
            "x": x,
            "y": y,
            "runs": [run_to_json(*both) for both in zip(line.runs, line.starts, strict=True)],
        }
        for line, (x, y) in zip(setting.lines, setting.origins, strict=True)
    ]
    return {"size": setting.size, "ink": list(setting.ink), "lines": lines}


def setting_from_json(
    document: Mapping[str, Any], by_file: Mapping[str, Face], rules: int, weight: int
) -> SetText:
    """Return the setting from `setting_to_json`, made by `rules`, with faces by their files, for a
    field of that `weight`."""

    def face(run: Mapping[str, Any]) -> Face:
        usual = in_forms(by_file[run["face"]], run.get("forms", ""))
        usual = with_features(usual, tuple(run.get("features", ())))
        return with_proportional_marks(usual) if run.get("proportional") else usual

    def restored_run(stored: Mapping[str, Any]) -> Run:
        its_own = face(stored)
        grown = stored.get("stroke", 0.0) if rules >= KERNED else stroke_of(its_own, weight)
        return Run(
            stored["text"],
            its_own,
            stored.get("rtl", False),
            place=stored.get("place", 0),
            spacing=stored.get("spacing", 0.0),
            stroke=grown,
            upright=stored.get("upright", False),
        )

    def restored_line(stored: list[dict[str, Any]]) -> SetLine:
        """Return a line as drawing needs it, without the widths for placing it."""
        runs = tuple(map(restored_run, stored))
        read = "".join(run.text for run in sorted(runs, key=lambda run: run.place))
        return SetLine(read, runs, starts=tuple(run["start"] for run in stored))

    return SetText(
        lines=tuple(restored_line(line["runs"]) for line in document["lines"]),
        size=document["size"],
        origins=tuple((line["x"], line["y"]) for line in document["lines"]),
        ink=Area(*document["ink"]),
    )


def masked_setting(document: Mapping[str, Any], value: str, mask: str) -> dict[str, Any] | None:
    """Return a stored setting with `mask`, which is as long, in place of each `value`, both without
    blanks; None if it does not occur."""
    masked = deepcopy(dict(document))
    runs = [run for line in masked["lines"] for run in line["runs"]]
    places = [
        (run, place)
        for run in runs
        for place, character in enumerate(run["text"])
        if not character.isspace()
    ]
    whole = "".join(run["text"][place] for run, place in places)
    if not value or value not in whole:
        return None
    for (run, place), character in zip(places, whole.replace(value, mask), strict=True):
        run["text"] = run["text"][:place] + character + run["text"][place + 1 :]
    return masked

"""How well reports are understood: `python -m tests.verdicts FOLDER [TABLE]`.

FOLDER has returned mails, one in a file, such as the test data of other programs that read reports;
nothing of it belongs into this repository. TABLE says what became of each, `name<TAB>hard`, or
`soft` for all else; by default `expected.tsv` in the folder. Without one, what the mails are taken
for is printed, in the same form, to be corrected by hand.

Precision is the share of those taken for *hard* that are; recall the share of the hard ones found.
"""

import sys
from pathlib import Path

from shared.features.returned_mail.decision import decide_by_words
from shared.features.returned_mail.recipient import BounceVerdict
from shared.features.returned_mail.report import read_report


def main(folder: Path, table: Path) -> None:
    """Print what was taken for something else, and the two shares."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file != table)
    said = {str(file.relative_to(folder)): _verdict(file) for file in files}
    if not table.exists():
        print("\n".join(f"{name}\t{verdict}" for name, verdict in said.items()))
        return
    rows = (line.split("\t") for line in table.read_text("utf-8").splitlines() if line)
    hard = {name: verdict.strip() == "hard" for name, verdict in rows}
    found = {name for name in hard if said[name] is BounceVerdict.HARD}
    for name in sorted(name for name in hard if hard[name] != (name in found)):
        print(f"{name}\ttaken for {said[name]}")
    right, all_hard = sum(map(hard.get, found)), sum(hard.values())
    print(
        f"{len(hard)} mails: precision {right / max(1, len(found)):.3f} ({right} of {len(found)}), "
        f"recall {right / max(1, all_hard):.3f} ({right} of {all_hard})"
    )


def _verdict(file: Path) -> BounceVerdict:
    return decide_by_words(read_report(file.read_bytes())).verdict


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if sys.argv[2:] else sys.argv[1] + "/expected.tsv"))

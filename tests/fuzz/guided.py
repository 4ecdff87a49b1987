"""Tries one of the parsers, led by the branches of our code that it reaches (atheris).

`python -m tests.fuzz.guided NAME FOLDER UNTIL`: the folder has a `corpus` to begin with and the
`words` of such input, and gets what broke the parser. It ends with another code than 0 then. UNTIL
is in seconds since 1970.
"""

import sys
import time
from contextlib import suppress

import atheris

with atheris.instrument_imports(include=["shared"]):
    from shared.errors import ProductError
    from tests.fuzz.parsers import PARSERS


def main() -> None:
    name, folder, until = sys.argv[1:]
    parser = PARSERS[name]
    # To load our code with its branches counted takes some seconds of them.
    seconds = max(1, int(float(until) - time.time()))

    def try_one(content: bytes) -> None:
        with suppress(ProductError):
            parser.read(content)

    longest = 60 if parser.is_clocked else 5
    limits = [
        f"-max_total_time={seconds}",
        f"-timeout={longest}",
        "-max_len=8192",
        "-rss_limit_mb=2000",
    ]
    files = [f"-artifact_prefix={folder}/", f"-dict={folder}/words", f"{folder}/corpus"]
    atheris.Setup([sys.argv[0], *limits, *files], try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

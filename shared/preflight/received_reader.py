"""The process that reads the source of a received mail; `domain_proof` asks it."""

from dataclasses import asdict

from shared import confined
from shared.preflight.received_mail import read_received

if __name__ == "__main__":
    (keys, source) = confined.work()
    confined.answer(asdict(read_received(source, keys)))

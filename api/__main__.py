"""`python -m api`, which is what `certs api` runs."""

from api.app import run
from shared.settings import settings

run(settings())

"""`python -m shared` is `certs`, where the script is not on the path."""

from shared.cli.commands import main

main()

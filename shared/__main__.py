"""`python -m shared` runs `certs` if the script is not on the path."""

from shared.cli.commands import main

main()

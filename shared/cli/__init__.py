"""The program `certs`: its commands, and what only they use."""

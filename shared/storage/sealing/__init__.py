"""Secrets stored so that a copy of the database opens nothing: tokens, passwords, rehearsal mails.

Who may open them is decided in `access`.
"""

"""Tokens of mail accounts (OAuth 2.0): providers, and access tokens.

An account's sign-in is chosen in `accounts.signing_in`. Using a token belongs to `transport` and
`features.returned_mail`; pages and cookies belong to the console.
"""

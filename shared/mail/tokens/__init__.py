"""Signing in to mail accounts with tokens (OAuth 2.0): providers and access tokens.

Which sign-in an account has is in `accounts.signing_in`. Using a token belongs to `transport` and
`bounces`; pages and cookies belong to the console.
"""

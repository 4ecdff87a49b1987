"""Signing in to mail accounts with tokens (OAuth 2.0): providers, sign-ins, access tokens.

What a token is shown to is said in `transport` and `bounces`; pages and cookies are the console's.
"""

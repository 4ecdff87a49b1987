"""Signing in to mail accounts with tokens (OAuth 2.0): providers, sign-ins, access tokens.

Using a token belongs to `transport` and `bounces`; pages and cookies belong to the console.
"""

"""The checks before a sending: texts, account, sender's domain, links, certificate.

Console, API and doctor use them; they change nothing.
"""

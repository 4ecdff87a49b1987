"""One list of checks before a sending: texts, account, sender's domain, links, certificate.

Console, API and doctor ask it; nothing is changed here.
"""

"""One list of checks before a sending: texts, account, sender's domain, links, certificate.

Used by console, API and doctor; nothing is changed here.
"""

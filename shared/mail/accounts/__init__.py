"""The accounts that events send from: credentials, limits and health.

Talking to servers belongs to the transport.
"""

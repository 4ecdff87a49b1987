"""The accounts that events send from: credentials, limits, pauses and outlook.

How a server is spoken to belongs to the transport.
"""

"""The accounts that events send from: credentials, limits, health and forecast.

Talking to servers belongs to the transport.
"""

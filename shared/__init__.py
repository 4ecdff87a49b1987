"""What console, API and worker share: the ground, and above it a room for each noun of the product.

A module belongs here only if it names such a noun. Nothing in here knows a web framework.
"""

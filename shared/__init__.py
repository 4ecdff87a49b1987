"""What console, API and worker share: the ground, and above it a room for each noun of the product.

A module enters only if it names such a noun. Nobody in here knows a web framework.
"""

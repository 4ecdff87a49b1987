"""Draws certificates: template + layout + facts → picture or PDF.

A pure library: no session, no settings, no web. `design` is the door; `layout`, `facts`, `names`
and `pictures` hold what goes in.
"""

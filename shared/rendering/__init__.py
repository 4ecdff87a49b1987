"""Drawing certificates: template + layout + facts → image or PDF.

A pure library: no session, no settings, no web. `design` is the entry point; `layout`, `facts` and
`names` hold its input.
"""

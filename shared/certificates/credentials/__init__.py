"""Certificates as signed credentials, which others verify: Open Badges 3.0 on W3C Verifiable
Credentials 2.0, in the one profile that all of today's verifiers read.

`proofs` and `document` are pure.
"""

"""Recorded TLS: what it says with its keys, and what it shows without them."""

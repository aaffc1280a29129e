"""Bytes in, graded detection out: what every sensor shares. Imports nothing else of ours."""

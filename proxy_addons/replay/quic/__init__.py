"""Recorded QUIC: who was asked for. What is said in it is not read."""

"""Agents: devices that speak for themselves, with a certificate each instead of a token."""

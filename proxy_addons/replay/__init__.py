"""Recorded traffic through the gateway's own addons: what a tester replays is what live traffic would have given."""

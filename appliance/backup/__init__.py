"""Backups: one encrypted file for a new machine to go on from."""

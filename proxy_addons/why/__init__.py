"""``gatehouse why``: what happens to a host here, and whose decision that is; nothing of who went there."""

"""``gatehouse bypass``: what is left closed, who decided so, and what devices refuse to have read."""

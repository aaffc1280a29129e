"""Everything on one machine, as ``gatehouse run`` starts it."""

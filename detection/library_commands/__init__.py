"""The acts of ``gatehouse library``, one a file."""

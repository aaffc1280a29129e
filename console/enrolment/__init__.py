"""What a device meets of the box. A program of its own, without store or key."""

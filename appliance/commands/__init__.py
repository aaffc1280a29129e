"""The small commands: each is one act of whoever sets the system up."""

"""The gateway's certificate authority: a root that browsers trust, and the intermediate that signs for a year."""

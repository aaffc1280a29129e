"""The program in a signed-in person's session: it sees what is typed and shown, and says it to the service."""

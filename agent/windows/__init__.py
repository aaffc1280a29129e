"""Windows: written from Microsoft's documentation, run on no Windows yet. docs/agent.md says what that means."""

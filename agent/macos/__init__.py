"""macOS: written from Apple's and PyObjC's documentation, run on no Mac yet. docs/agent.md says what that means."""

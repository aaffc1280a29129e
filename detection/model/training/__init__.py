"""How the second opinion's weights were made; nothing here runs in a school."""

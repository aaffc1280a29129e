"""From evidence to the picture a reviewer sees."""

"""A small web and an ordinary school day, so that the whole of Gatehouse can be watched at work on one machine."""

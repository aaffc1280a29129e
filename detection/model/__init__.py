"""A small second opinion: reads a text and says of which category it reads like, with a probability."""

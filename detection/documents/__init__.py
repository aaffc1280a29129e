"""Documents that pass by: bytes in, text out. Hostile ones are read in a child process (``child``) and cost nothing."""

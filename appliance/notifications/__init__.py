"""Ways of telling somebody something: one file each."""

"""Which hosts no sensor opens, by whose decision, and which must never be left alone without a person saying so."""

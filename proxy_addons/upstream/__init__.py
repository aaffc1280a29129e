"""Whether an origin is who it says it is; one that cannot prove it is never signed for as if it could."""

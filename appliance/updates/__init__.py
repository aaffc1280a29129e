"""Updates of Gatehouse itself: signed (The Update Framework), installed beside what runs, and taken back if ill."""

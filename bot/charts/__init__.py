"""Charts: what is shown (chart), how it looks (drawing and its kinds), and the picture itself (picture)."""

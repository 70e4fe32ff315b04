"""What people wrote, taken safely: bytes as text, YAML with its lines, mistakes in words, numbers that must not be kept."""

"""Vectors that a model makes of texts when they are imported. Nothing here runs unless DXBOT_ENCODER is set."""

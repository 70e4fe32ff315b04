"""The application: channels, handlers and the one place that wires them."""

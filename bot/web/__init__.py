"""The local chat: HTTP listeners, HTML rendering and the inbox messenger."""

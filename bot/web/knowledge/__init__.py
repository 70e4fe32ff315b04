"""The knowledge pages: search, read, edit, history, proposals. Server-rendered, no script needed."""

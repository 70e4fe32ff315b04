"""Skills in chat: my page, refreshing it, the plan, sharing, and finding experts."""

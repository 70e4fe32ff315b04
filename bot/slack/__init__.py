"""Slack: listeners, Block Kit and the messenger."""

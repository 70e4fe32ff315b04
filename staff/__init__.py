"""People, departments, roles, permissions and audit: what every domain must ask."""

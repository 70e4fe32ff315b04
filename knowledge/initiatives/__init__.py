"""The plan's initiatives as work under way: KPI, milestones, progress reports, and what is asked of each 課."""

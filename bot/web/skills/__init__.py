"""Pages of skills: my page, and the visualization of the city's skills."""

"""Japanese wording, one module for each part of the product."""

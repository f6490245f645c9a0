"""services: TO DESCRIBE."""

"""devices: TO DESCRIBE."""

"""layout: TO DESCRIBE."""

"""printing: TO DESCRIBE."""

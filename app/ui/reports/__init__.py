"""reports: TO DESCRIBE."""

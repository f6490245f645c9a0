"""kit: TO DESCRIBE."""

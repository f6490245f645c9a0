"""sync: TO DESCRIBE."""

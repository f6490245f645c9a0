"""shell: TO DESCRIBE."""

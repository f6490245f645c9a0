"""office: TO DESCRIBE."""

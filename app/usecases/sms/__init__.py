"""sms: TO DESCRIBE."""

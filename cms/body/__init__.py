"""What bodies consist of: blocks, rich text, and what their values refer to."""

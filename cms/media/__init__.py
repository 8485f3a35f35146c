"""Images: reading uploads, presets and renditions."""

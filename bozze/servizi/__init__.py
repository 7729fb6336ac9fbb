"""The only place that writes: text, remarks, amendments, decisions."""

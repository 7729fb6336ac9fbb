"""The survey of the local institutions (phase 2) and the giving back of its results (phase 3)."""

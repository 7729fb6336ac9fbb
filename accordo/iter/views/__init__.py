"""Pages of the procedure: phase 1, the phases, the registro, the people, the lives."""

"""The pages of the results: reading, comparing, publishing, taking away."""

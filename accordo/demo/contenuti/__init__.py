"""What the invented people of the demo write. All of it is made up; the bodies are real, the persons are not."""

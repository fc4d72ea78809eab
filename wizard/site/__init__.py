"""The build of the site: pages from the model, and Python for the reader's browser."""

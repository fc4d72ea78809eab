"""How fast the site is, against other ways to bring the same Python to a browser: see the README beside this."""

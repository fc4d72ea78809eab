"""The tests, as a package so that the ones in ``e2e/`` can share the journeys."""

"""De wegwijzer: from answers about a pupil to phase, responsibility and next step, by tables only."""

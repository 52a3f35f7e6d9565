"""The page that is shown while no transcript is open."""

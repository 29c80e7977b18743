"""What several tests share: a clock that stands still, throw-away databases."""

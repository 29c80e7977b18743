"""What the operator can see of it: logs, and errors reported outside."""

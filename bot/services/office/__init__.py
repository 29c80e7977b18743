"""The office: what the operator looks at, and decides."""

"""The screens: windows, what they show and what their buttons ask of the services."""

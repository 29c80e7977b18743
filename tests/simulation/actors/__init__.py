"""What happens in a life, one module for who does it: importing the package adds them all to the registry."""

from tests.simulation.actors import customers, misfortune, office, ordered, paying, statements, working

__all__ = ["customers", "misfortune", "office", "ordered", "paying", "statements", "working"]

"""Tests of a customer that leaves."""

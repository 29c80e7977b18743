"""Chats and customers: who speaks for whom, and how they got in."""

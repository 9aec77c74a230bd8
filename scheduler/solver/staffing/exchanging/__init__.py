"""Soft rules made better by exchanges of posts, each quoted by counters, without a model."""

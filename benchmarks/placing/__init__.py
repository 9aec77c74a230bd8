"""Helpers of benchmarks/placement.py: seasons, an expert's CP-SAT model, the relaxation, the report."""

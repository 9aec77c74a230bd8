"""What `benchmarks/staffing.py` compares staffing on and with: invented seasons, engines, tables."""

"""Decision variables that speak the domain's words; they know no solver library."""

"""What is given (Scenario) and what is decided (Plan), in the words of the field."""

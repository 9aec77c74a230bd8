"""What each audience may see: frozen view models that hold nothing else."""

"""Next year's plan file made of this year's: its text changed where it must be, and nowhere else."""

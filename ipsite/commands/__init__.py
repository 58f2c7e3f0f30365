"""The commands of the terminal, one module for each thing that one comes to do."""

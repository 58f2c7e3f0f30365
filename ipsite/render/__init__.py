"""Views → text and bytes. One module for each form, and `environment` for all; what makes a PDF lies in layers."""

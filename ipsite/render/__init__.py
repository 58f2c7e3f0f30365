"""Views → text and bytes. One module for each form; `environment` is known to all, and what makes a PDF is in layers of its own."""

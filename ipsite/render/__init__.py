"""Views → text and bytes. One module for each form; none knows another but `environment`."""

"""Only what has changed: what a site that stands was made of, and its files made anew from that, without MkDocs."""

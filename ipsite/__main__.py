"""`python -m ipsite`."""

from ipsite.cli import main

main()

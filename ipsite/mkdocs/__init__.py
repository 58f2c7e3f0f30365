"""The MkDocs shell: all that knows MkDocs and Material, and nothing that anything else is built on."""

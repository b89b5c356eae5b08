"""Every rule an author can break, one file a subject."""

"""The stages in their order: a content folder → a published site."""

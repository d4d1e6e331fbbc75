"""Starting real browsers."""

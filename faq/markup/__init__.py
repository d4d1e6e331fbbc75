"""Markdown → what it holds, and safe HTML."""

"""Furigana: sentences → readings of their kanji → the small file beside each page."""

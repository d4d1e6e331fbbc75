"""FAQ content, and the pages made of it. Knows neither search, usage nor a11y."""

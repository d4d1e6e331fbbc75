"""FAQs and the pages made of them, one folder a stage. Knows neither search nor commands."""

"""What there is: FAQs, settings, dates, problems, and the table of their fields. Reads nothing."""

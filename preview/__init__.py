"""The preview: serving a site on this machine, and keeping the pages that are open up to date."""

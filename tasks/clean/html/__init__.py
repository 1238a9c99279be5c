"""From a page to its title, metadata, paragraphs and tables, without the site around them."""

"""The pages in a real browser: each test walks a page's main task as a reader does."""

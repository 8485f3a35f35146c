"""Django's side of the endpoint: the view, cached responses, the explorer."""

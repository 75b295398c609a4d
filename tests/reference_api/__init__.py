"""The reference API, asked over a socket."""

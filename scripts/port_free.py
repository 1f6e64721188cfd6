"""Ends with a sentence when `./run` could not listen on the address given."""

import socket
import sys

host, port = sys.argv[1:]
try:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    socket.create_server((host, int(port)), family=family).close()
except (OSError, OverflowError, ValueError) as error:
    sys.exit(f"Cannot listen on {host} port {port} ({error}); choose others in BIND and PORT.")

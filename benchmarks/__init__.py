"""The measurements that `./bench` makes, beside a bare Flask application."""

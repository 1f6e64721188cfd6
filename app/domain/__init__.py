"""The rules of the clinic: values in, values out, nothing but the standard library."""

"""What every answer carries: nothing is loaded from elsewhere, nothing personal is kept."""

from flask import Flask, Response, current_app, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "X-Robots-Tag": "noindex",
}


def init_app(app: Flask) -> None:
    """Add the headers to every answer, errors and files included."""

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.update(ALWAYS)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-store"
        if current_app.extensions["settings"].secure and request.is_secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return response

"""A certificate for localhost that nobody but the tests trusts."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
NAMES = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
DAY = timedelta(days=1)


def self_signed(folder: Path) -> tuple[Path, Path]:
    """Write a certificate of two days and its key; return their paths."""
    key = ec.generate_private_key(ec.SECP256R1())
    today = datetime.now(UTC)  # noqa: TID251 - the browser that reads it has no other clock
    certificate = (
        x509.CertificateBuilder(issuer_name=NAME, subject_name=NAME)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - DAY)
        .not_valid_after(today + DAY)
        .add_extension(x509.SubjectAlternativeName(NAMES), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "localhost.pem", folder / "localhost.key"
    paths[0].write_bytes(certificate.public_bytes(Encoding.PEM))
    paths[1].touch(mode=0o600)
    paths[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return paths

"""Requests to addresses that somebody typed in: none of them reaches what is not public, however it is written."""

import datetime
import socket
import ssl
import threading
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from net import outward
from net.outward import Answered, NoAnswer, Refused, is_public, looked_up, post, target_of
from tests.listening import answering

LOOPBACK = [
    *("127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.1"),
    *("0x7f.0.0.1", "017700000001", "0177.1", "0177.0.0.1", "0", "0.0.0.0", "localhost", "localhost."),
    *("[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]"),
    *("[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "127.0.0.1."),
    *("10.0.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "[fc00::1]", "[fec0::1]", "224.0.0.1"),
    *("240.0.0.1", "255.255.255.255"),
]
PUBLIC = ("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34", "64:ff9b::5db8:d822")


def leading_to(monkeypatch, *turns: str):
    """Every name leads to the next of these addresses."""
    left = list(turns)

    def found(_host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (left.pop(0), port))]

    monkeypatch.setattr(socket, "getaddrinfo", found)


@pytest.mark.parametrize("place", LOOPBACK)
def test_no_form_of_a_private_address_is_reached(place):
    with pytest.raises((Refused, NoAnswer)):
        looked_up(target_of(f"https://{place}/"))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://example.org/",
            "ftp://example.org/",
            "gopher://example.org",
            "//example.org/",
            "example.org",
            "https:",
        ),
        *("https://example.org:22/", "https://example.org:80/", "https://example.org:99999/", "https://:443/"),
        *("https://ada@example.org/", "https://ada:x@example.org/", "https://example.org/#part", "https://[::1/"),
        *(
            "https://exa mple.org/",
            "https://example.org\\@127.0.0.1/",
            "https://example.org/\r\nX: y",
            "https://exämple.org",
        ),
        *("https://[fe80::1%25eth0]/", "https://example.org/" + "x" * 500),
    ],
)
def test_what_is_no_address_of_a_public_place_is_refused(url):
    with pytest.raises(Refused):
        target_of(url)


def test_a_name_that_leads_elsewhere_the_next_time_leads_nobody_there(monkeypatch, listener):
    """Looked up once for checking it was public; what is sent goes through the same check."""
    leading_to(monkeypatch, "93.184.216.34", "127.0.0.1")
    port = listener.server_port
    monkeypatch.setattr(outward, "PORTS", (port,))
    url = f"https://hooks.example:{port}/"
    assert looked_up(target_of(url)) == ["93.184.216.34"]
    with pytest.raises(Refused, match="not public"):
        post(url, b"{}", {})
    assert listener.came == []


def test_one_private_address_among_public_ones_is_too_many(monkeypatch):
    places = [(2, 1, 6, "", (address, 443)) for address in ("93.184.216.34", "10.0.0.7")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: places)
    with pytest.raises(Refused):
        looked_up(target_of("https://hooks.example/"))


def test_post_sends_to_the_address_that_was_checked(monkeypatch, listener, near):
    leading_to(monkeypatch, "127.0.0.1")
    url = f"http://hooks.example:{listener.server_port}/in?key=1"
    assert post(url, b'{"a": 1}', {"X-Sign": "s"}) == Answered(200, b"thanks")
    ((path, headers, body),) = listener.came
    assert (path, body, headers["Host"]) == ("/in?key=1", b'{"a": 1}', f"hooks.example:{listener.server_port}")
    assert headers["X-Sign"] == "s"


def test_post_follows_no_redirect_and_reads_only_so_much(listener, near):
    here = f"http://127.0.0.1:{listener.server_port}"
    listener.answer = answering(302, b"x" * 100_000, Location=f"{here}/elsewhere")
    assert post(f"{here}/", b"", {}) == Answered(302, b"x" * outward.READ_AT_MOST)
    assert [path for path, *_ in listener.came] == ["/"]


def test_post_ends_by_its_time_though_every_byte_comes_in_time(monkeypatch, listener, near):
    monkeypatch.setattr(outward, "ANSWERED_WITHIN", 0.3)
    ended = threading.Event()

    def drip(handler):
        try:
            while not ended.wait(0.02):
                handler.wfile.write(b"H")
        except OSError:
            pass

    listener.answer = drip
    began = time.monotonic()
    with pytest.raises(NoAnswer, match="too long"):
        post(f"http://127.0.0.1:{listener.server_port}/", b"", {})
    ended.set()
    assert time.monotonic() - began < 2


def test_post_says_what_went_wrong(monkeypatch, listener, near):
    listener.answer = lambda handler: handler.wfile.write(b"220 mail.example ESMTP\r\n")
    here = f"127.0.0.1:{listener.server_port}"
    with pytest.raises(NoAnswer, match="not HTTP"):
        post(f"http://{here}/", b"", {})
    with pytest.raises(NoAnswer, match="could not be reached"):
        post(f"https://{here}/", b"", {})
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(NoAnswer, match="could not be reached"):
            post(f"http://127.0.0.1:{unused.getsockname()[1]}/", b"", {})

    def nowhere(*_, **__):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with pytest.raises(NoAnswer, match="no place of this name"):
        post("https://hooks.example/", b"", {})


def certificate_for(name: str, folder) -> tuple[str, str]:
    """Signed by itself; the paths of it and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(hours=1))
    made = made.not_valid_after(now + datetime.timedelta(hours=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    form = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    return str(paths[0]), str(paths[1])


def test_the_certificate_is_that_of_the_name(monkeypatch, listener, near, tmp_path):
    certificate, key = certificate_for("hooks.example", tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listener.socket = context.wrap_socket(listener.socket, server_side=True)
    leading_to(monkeypatch, *["127.0.0.1"] * 3)
    here = f"hooks.example:{listener.server_port}"
    with pytest.raises(NoAnswer, match="certificate"):
        post(f"https://{here}/", b"", {})
    monkeypatch.setenv("SSL_CERT_FILE", certificate)
    assert post(f"https://{here}/", b"", {}) == Answered(200, b"thanks")
    with pytest.raises(NoAnswer, match="certificate"):
        post(f"https://other.{here}/", b"", {})

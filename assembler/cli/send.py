"""`assembler send`."""

from __future__ import annotations

import os
import re
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

import click

from assembler.cli.contexts import ContextOptions, context_options, read_context
from assembler.cli.exit_codes import Unusable
from assembler.cli.mails import mail_options, message_of, sender_of, tell_of, unsubscribe_link
from assembler.cli.opening import Opened, with_project
from assembler.cli.options import format_option
from assembler.cli.output import put, put_json
from assembler.cli.parameters import AnyOf, Named

if TYPE_CHECKING:
    from assembler.delivery.mailing import Encryption, Login

_USER, _PASSWORD = "ASSEMBLER_SMTP_LOGIN", "ASSEMBLER_SMTP_PASSWORD"
_IMPLICIT_PORT = 465
"""For TLS from the first byte (RFC 8314)."""

_host_and_port = re.compile(
    r"(?:\[(?P<ipv6>[0-9A-Fa-f:.]{2,45})\]|(?P<host>[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}))):(?P<port>[0-9]{1,5})",
    re.ASCII,
).fullmatch


class _Address(NamedTuple):
    host: str
    port: int

    @property
    def is_here(self) -> bool:
        """Whether it is this machine, to which nothing travels over a network."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host.lower() == "localhost"

    @property
    def usual_encryption(self) -> Encryption:
        """How connections to such an address are encrypted, if nobody says."""
        if self.port == _IMPLICIT_PORT:
            return "implicit"
        return "none" if self.is_here else "starttls"


class HostAndPort(click.ParamType[_Address]):
    """Where a server listens, such as localhost:1025 or [::1]:1025."""

    name = "host and port"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> _Address:
        match = _host_and_port(value)
        if match is None or not 0 < int(match["port"]) < 1 << 16:
            self.fail(f"{value[:80]!r} is no host and port, such as localhost:1025 or [::1]:1025", param, ctx)
        return _Address(match["host"] or match["ipv6"], int(match["port"]))


@click.command()
@click.argument("campaign", type=Named("campaign"))
@click.option("--channel", required=True, metavar="CHANNEL", type=Named("channel"), help="The channel to send.")
@click.option(
    "--smtp", required=True, metavar="HOST:PORT", type=HostAndPort(), help="The mail server that takes the message."
)
@click.option(
    "--to", required=True, multiple=True, metavar="ADDRESS", help="Whom to send it to. Repeatable, up to 10 times."
)
@click.option(
    "--tls",
    metavar="HOW",
    type=AnyOf("starttls", "implicit", "none"),
    help="How it is encrypted. Default: implicit at port 465, none to this machine, else starttls.",
)
@mail_options
@context_options
@with_project
@format_option("text", "json")
def send(
    opened: Opened,
    campaign: str,
    channel: str,
    smtp: _Address,
    to: tuple[str, ...],
    tls: Encryption | None,
    sender: str | None,
    unsubscribe: str | None,
    format_: str,
    **context: Unpack[ContextOptions],
) -> None:
    """Send a variant to yourself, as a test mail.

    It is the message of `assemble --part eml`; each address gets one of its own.
    This is no sender: it takes 10 addresses at most, and knows nothing of
    bounces or of who unsubscribed.

    A server that wants a login gets ASSEMBLER_SMTP_LOGIN and
    ASSEMBLER_SMTP_PASSWORD from the environment, over TLS only.

    For writers and designers who want to see a mail where they read theirs.
    """
    from assembler.delivery.mailing import MOST_RECIPIENTS, MailNotSent, MailServer, send_mail

    if len(to) > MOST_RECIPIENTS:
        raise Unusable(f"{len(to)} recipients: a test mail goes to {MOST_RECIPIENTS} at most; this is no sender")
    encryption = tls or smtp.usual_encryption
    server = MailServer(smtp.host, smtp.port, encryption, _login(smtp, encryption))
    library = opened.compile_unchecked()
    library.default(campaign, channel=channel)
    given = read_context(library, context)
    variant = library.assemble(campaign, channel=channel, context=given, at=opened.moment)
    tell_of(variant.decision)
    settings = opened.project.settings
    from_, link = sender_of(settings, sender), unsubscribe_link(settings, channel, given, unsubscribe)
    messages = {_address(one): message_of(variant, sender=from_, to=one, unsubscribe=link) for one in to}
    sent = []
    try:
        for address in send_mail(server, _address(from_), messages):
            sent.append(address)
            if format_ == "text":
                put(f"sent {variant.key} to {address}")
    except MailNotSent as error:
        before = f"; sent to {', '.join(sent)} before" if sent else ""
        raise Unusable(f"not sent: {error}{before}") from None
    if format_ == "json":
        put_json({"decision": variant.decision.to_dict(), "server": str(server), "sent": sent})


def _login(smtp: _Address, encryption: str) -> Login | None:
    """The login of the environment, if there is one; it is never sent over a network in the clear."""
    from assembler.delivery.mailing import Login

    user, password = os.environ.get(_USER, ""), os.environ.get(_PASSWORD, "")
    if not user and not password:
        return None
    if not (user and password):
        raise Unusable(f"set both {_USER} and {_PASSWORD}, or neither")
    if not (user + password).isascii():
        raise Unusable(f"{_USER} and {_PASSWORD} hold characters beyond ASCII, which logins of SMTP do not take")
    if encryption == "none" and not smtp.is_here:
        raise Unusable("a login is sent over TLS only: leave out `--tls none`, or unset the login in the environment")
    return Login(user, password)


def _address(mailbox: str) -> str:
    """The address in `Maya <maya@people.example>`; a message that can be made has proven it to be one."""
    return mailbox.strip().removesuffix(">").rpartition("<")[2].strip()

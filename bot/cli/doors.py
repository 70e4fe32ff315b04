"""Whether people can come in from other machines: the public address, the city's OpenID provider, a trusted proxy."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from ipaddress import ip_network

from bot.cli.endpoint import is_served
from bot.settings import Settings
from bot.texts.ja import doors as texts
from bot.web.sign_in.oidc import Provider, ProviderAway, new_errand

# A trusted range wider than this is taken for a slip: whoever sits in it may say that they are anybody.
WIDEST = {4: 16, 6: 48}
Line = tuple[str, bool, str]


def examine_doors(settings: Settings, *, offline: bool) -> Iterator[Line]:
    """(about, right, what is there or to be done), one for each way that is set up."""
    yield ("doors", *_address(settings, offline=offline))
    if settings.oidc_issuer:
        yield ("oidc", *_provider(settings, offline=offline))
    if settings.proxy_header:
        yield ("proxy", *_proxy(settings))


def _address(settings: Settings, *, offline: bool) -> tuple[bool, str]:
    url = settings.public_url.rstrip("/")
    if not url:
        if settings.on_loopback:
            return True, texts.THIS_MACHINE_ONLY
        return False, texts.NO_PUBLIC_URL.format(host=settings.host)
    if offline:
        return True, texts.NOT_TRIED.format(address=url)
    if asyncio.run(is_served(url)):
        return True, texts.OPEN.format(address=url)
    return False, texts.NOT_OPEN.format(address=url)


def _provider(settings: Settings, *, offline: bool) -> tuple[bool, str]:
    if offline:
        return True, texts.NOT_TRIED.format(address=settings.oidc_issuer)
    try:
        asyncio.run(Provider(settings).address(new_errand()))
    except ProviderAway as reason:
        return False, texts.PROVIDER_AWAY.format(issuer=settings.oidc_issuer, reason=reason)
    return True, texts.PROVIDER_THERE.format(issuer=settings.oidc_issuer)


def _proxy(settings: Settings) -> tuple[bool, str]:
    wide = [one for one in settings.trusted_proxies if _is_wide(one)]
    if wide:
        return False, texts.PROXY_WIDE.format(ranges="、".join(wide))
    ranges = "、".join(settings.trusted_proxies)
    return True, texts.PROXY_TRUSTED.format(header=settings.proxy_header, ranges=ranges)


def _is_wide(entry: str) -> bool:
    network = ip_network(entry)
    return network.prefixlen < WIDEST[network.version]

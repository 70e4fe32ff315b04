"""Socket Mode's connection through the proxy of the environment."""

from __future__ import annotations

from slack_sdk.socket_mode.aiohttp import SocketModeClient

from bot.outgoing import proxy_for


class ProxiedSocket(SocketModeClient):
    """Chooses the proxy by the address that Slack names: the SDK's own choice is blind to NO_PROXY."""

    async def issue_new_wss_url(self) -> str:
        """The address to connect to."""
        url = await super().issue_new_wss_url()
        self.proxy = proxy_for(url)
        return url

"""Charts' pictures as files of Slack's, which an image block shows: nothing of this machine needs to be reachable."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from bot.charts.chart import Chart
from bot.charts.picture import Picture, pictures_of
from bot.messages import Reply
from bot.outgoing import proxy_for
from bot.slack.client import Client
from bot.slack.failures import failure_of
from bot.slack.wording import cut

FILE_NAME = "chart.png"
MAX_ALT = 1_000  # of a file; the block that shows it takes twice that
MOST_KEPT = 256
PATIENCE_SECONDS = (
    12.0  # drawing and uploading together: the message's own sending must fit into its lease as well
)
log = logging.getLogger(__name__)

Files = Mapping[Chart, str]


class Pictures:
    """Uploads pictures, each once as long as it is remembered: a file shown in a message is seen where that stands.

    Uploading again does no harm, and a chart without its picture goes out in words and numbers. So nothing is raised.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._files: OrderedDict[Chart, str] = OrderedDict()

    async def files_of(self, reply: Reply) -> Files:
        """The ids of the files of a reply's charts. A fleeting reply has none: a file would stay behind."""
        charts = [part for part in reply.parts if isinstance(part, Chart)]
        if not charts or reply.fleeting:
            return {}
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._upload_new(charts)
        except Exception as error:
            log.warning("charts go out without pictures on Slack (%s)", failure_of(error))
        return {chart: self._files[chart] for chart in charts if chart in self._files}

    def forget(self, files: Files) -> None:
        """Upload these anew the next time: Slack does not take them any more."""
        for chart in files:
            self._files.pop(chart, None)

    async def _upload_new(self, charts: list[Chart]) -> None:
        wanted = [chart for chart in charts if chart not in self._files]
        for chart, picture in (await pictures_of(wanted)).items():
            self._files[chart] = await self._upload(chart, picture)
            if len(self._files) > MOST_KEPT:
                self._files.popitem(last=False)

    async def _upload(self, chart: Chart, picture: Picture) -> str:
        """In the three steps of Slack's: ask for an address, send the bytes there, say that they are complete."""
        told: Any = await self._client.files_getUploadURLExternal(
            filename=FILE_NAME, length=len(picture.data), alt_txt=cut(chart.alt, MAX_ALT) or None
        )
        await self._client.upload(told["upload_url"], picture.data, proxy_for(told["upload_url"]))
        file_id: str = told["file_id"]
        title = cut(chart.title, MAX_ALT) or FILE_NAME
        await self._client.files_completeUploadExternal(files=[{"id": file_id, "title": title}])
        return file_id

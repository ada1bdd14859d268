"""A browser without a screen: it asks an app without a socket, keeps its cookies, and follows nothing by itself."""

import httpx
from tests.conftest import awaited

HERE = "http://localhost:8501"


class Browser:
    """One browser, whose requests come from an address."""

    def __init__(self, app, client=("127.0.0.1", 5000)):
        self.app, self.client, self.cookies = app, client, httpx.Cookies()

    def get(self, address, **headers):
        return awaited(self._get(address, {"accept": "text/html,*/*"} | headers))

    async def _get(self, address, headers):
        transport = httpx.ASGITransport(self.app, client=self.client)
        async with httpx.AsyncClient(transport=transport, base_url=HERE, cookies=self.cookies) as client:
            found = await client.get(address, headers=headers)
            self.cookies = client.cookies
            return found

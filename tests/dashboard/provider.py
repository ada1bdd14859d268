"""A provider of OpenID Connect for tests: it signs in whoever it is told to, without a page."""

import secrets
import threading
import time
from base64 import b64decode
from contextlib import contextmanager

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route

CLIENT, SECRET = "contested", "a secret of the client"


class Provider:
    """Who signs in next, and what the token then says of them."""

    def __init__(self):
        self.claims = {"sub": "1f7c", "email": "m.lee@example.org", "email_verified": True}
        self.seconds = 3600
        self.address = ""
        self._key, self._codes = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}, auto_kid=False), {}
        self.app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._described),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
                Route("/keys", self._keys),
            ]
        )

    def _described(self, _):
        named = {f"{name}_endpoint": f"{self.address}/{path}" for name, path in _ENDPOINTS.items()}
        able = {"response_types_supported": ["code"], "code_challenge_methods_supported": ["S256"]}
        signed = {"id_token_signing_alg_values_supported": ["RS256"], "subject_types_supported": ["public"]}
        return JSONResponse({"issuer": self.address, "jwks_uri": f"{self.address}/keys", **named, **able, **signed})

    def _authorize(self, request: Request):
        asked = request.query_params
        self._codes[code := secrets.token_hex(8)] = asked["nonce"]
        return RedirectResponse(f"{asked['redirect_uri']}?code={code}&state={asked['state']}", 302)

    async def _token(self, request: Request):
        sent = await request.form()
        who = b64decode(request.headers["authorization"].removeprefix("Basic ")).decode()
        nonce = self._codes.pop(str(sent["code"]), None)
        if who.split(":")[0] != CLIENT or nonce is None or "code_verifier" not in sent:
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        told = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + self.seconds, "nonce": nonce}
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, told | self.claims, self._key)
        return JSONResponse({"token_type": "Bearer", "access_token": "unused", "id_token": signed})

    def _keys(self, _):
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})


_ENDPOINTS = {"authorization": "authorize", "token": "token"}


@contextmanager
def running():
    """Run a provider on a free port of this machine, in a thread."""
    one = Provider()
    server = uvicorn.Server(uvicorn.Config(one.app, port=0, log_level="error", lifespan="off", ws="none"))
    listening = server.config.bind_socket()
    listening.listen()
    one.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()  # it listens already: who asks before it runs waits
    try:
        yield one
    finally:
        server.should_exit = True
        thread.join()
        listening.close()

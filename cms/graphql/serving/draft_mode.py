"""Where the server of a frontend exchanges the code of draft mode for a token."""

from typing import Any

from django.http import HttpRequest

from cms.graphql.protocol.errors import ErrorCode, Refusal
from cms.graphql.serving.posts import posted
from cms.publishing import draft_mode


@posted(lambda: 1_000, "Send the code alone.")
def exchange(_request: HttpRequest, sent: Any) -> dict[str, Any]:
    """Return token, path and seconds for ``{"code": …}``. Raises `Refusal` for a code that opens nothing."""
    code = sent.get("code") if isinstance(sent, dict) else None
    if not isinstance(code, str):
        raise Refusal(ErrorCode.BAD_REQUEST, 'Send {"code": "…"} with the code of the address.')
    try:
        opened = draft_mode.exchange(code)
    except draft_mode.DraftModeInvalid as error:
        message = (
            "The code is unknown, was used, or is older than a minute. Open the site from the admin again."
        )
        raise Refusal(ErrorCode.DRAFT_CODE_INVALID, message) from error
    return {"token": opened.token, "path": opened.path, "seconds": opened.seconds}

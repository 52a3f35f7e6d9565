"""What the server refuses, as exceptions: a stable code, a sentence, and the HTTP status it becomes.

ServerError (code, status, detail)
├── Invalid        400  sync.invalid, sync.hash_mismatch, sync.missing_chunks
├── Unauthorized   401  sync.unauthorized
├── Forbidden      403  sync.forbidden
├── NotFound       404  sync.not_found: also for what belongs to somebody else
├── Reconcile      410  sync.reconcile
├── TooLarge       413  sync.too_large
├── ClientTooOld   426  sync.client_too_old
├── RateLimited    429  sync.rate_limited (retry_after, seconds)
├── OverQuota      507  sync.quota
├── DiskFull       507  sync.disk_full
└── Unavailable    503  sync.unavailable (retry_after, seconds)
"""

from __future__ import annotations

from typing import ClassVar

from sync_server.protocol import ErrorCode


class ServerError(Exception):
    """Base of everything that a client is told."""

    status: ClassVar[int] = 500
    code: ErrorCode = ErrorCode.INTERNAL

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class Invalid(ServerError):
    """The request says nothing that could be done; sending it again won't help."""

    status = 400
    code = ErrorCode.INVALID


class HashMismatch(Invalid):
    """What arrived is not what its hash promises."""

    code = ErrorCode.HASH_MISMATCH


class MissingChunks(Invalid):
    """A blob was named whose chunks are not all there."""

    code = ErrorCode.MISSING_CHUNKS


class Unauthorized(ServerError):
    """There is no valid token or session."""

    status = 401
    code = ErrorCode.UNAUTHORIZED


class Forbidden(ServerError):
    """Who asks is known and may not."""

    status = 403
    code = ErrorCode.FORBIDDEN


class NotFound(ServerError):
    """There is no such thing for whoever asks."""

    status = 404
    code = ErrorCode.NOT_FOUND


class Reconcile(ServerError):
    """The cursor says too little; the client must compare everything."""

    status = 410
    code = ErrorCode.RECONCILE


class TooLarge(ServerError):
    """The request is larger than the limits allow."""

    status = 413
    code = ErrorCode.TOO_LARGE


class ClientTooOld(ServerError):
    """The client's protocol is no longer spoken."""

    status = 426
    code = ErrorCode.CLIENT_TOO_OLD


class OverQuota(ServerError):
    """The account has no room for it."""

    status = 507
    code = ErrorCode.QUOTA


class DiskFull(ServerError):
    """The server's disk has no room for it."""

    status = 507
    code = ErrorCode.DISK_FULL


class RateLimited(ServerError):
    """Too many requests; `retry_after` seconds from now it may go on."""

    status = 429
    code = ErrorCode.RATE_LIMITED

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class Unavailable(ServerError):
    """The server can't do it now; `retry_after` seconds from now it may."""

    status = 503
    code = ErrorCode.UNAVAILABLE

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after

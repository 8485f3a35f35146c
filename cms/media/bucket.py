"""Uploads in an S3 bucket (MEDIA_URL_STORAGE). Imported only by a site that has one, because it loads boto3.

The bucket is private. Visitors know the addresses of this site alone, and `cms.files.serve` reads the bucket for them
after the gate let them through.
"""

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from secrets import token_hex
from threading import Lock
from typing import Any

from boto3.exceptions import Boto3Error
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError, NoCredentialsError
from botocore.exceptions import ConnectionError as ConnectionFailed
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.tasks import task
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import ReadBytesWrapper, clean_name

from cms.media.full_disks import StorageAway

logger = logging.getLogger(__name__)

_CONNECT_SECONDS = 3
_READ_SECONDS = 10
_ATTEMPTS = 3
_IN_MEMORY = 4 * 1024 * 1024  # a larger file is read by way of the folder for temporary files
_NAMES = 10  # tried for a file; a server that calls each of them taken does not work
_PROBE = "state/preflight"
_one_client = Lock()


@contextmanager
def _translated(name: str) -> Iterator[None]:
    """Raise errors of boto3 as those of a folder: FileNotFoundError, or `StorageAway` with the reason."""
    try:
        yield
    except ClientError as error:
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
        if status == 404 and error.response.get("Error", {}).get("Code") != "NoSuchBucket":
            raise FileNotFoundError(f"There is no file {name}.") from error
        raise StorageAway(str(error)) from error
    except (BotoCoreError, Boto3Error) as error:
        raise StorageAway(str(error)) from error


class BucketStorage(S3Storage):
    """Files of a bucket, with the errors and addresses of files in a folder.

    A name is taken once: two uploads at the same time on two machines are stored under two names. A file is stored as a
    whole or not at all, because it is sent in one request.
    """

    _client: Any = None

    def get_default_settings(self) -> dict[str, Any]:
        defaults: dict[str, Any] = super().get_default_settings()
        return defaults | {"file_overwrite": False, "default_acl": None}

    def __init__(self, **options: Any) -> None:
        style = options.pop("addressing_style", "auto")
        config = Config(
            s3={"addressing_style": style},
            signature_version="s3v4",
            connect_timeout=_CONNECT_SECONDS,
            read_timeout=_READ_SECONDS,
            retries={"mode": "standard", "total_max_attempts": _ATTEMPTS},
            max_pool_connections=32,
            # Servers other than Amazon's refuse the checksums that boto3 sends of its own accord.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(client_config=config, **options)

    @property
    def base_url(self) -> str:
        """The address below which the files are served: that of this site."""
        return str(settings.MEDIA_URL)

    @property
    def client(self) -> Any:
        """The client for all threads of this process. Clients may be shared, the making of one may not."""
        with _one_client:
            if self._client is None:
                self._client = self.connection.meta.client
            return self._client

    def url(self, name: str, *_arguments: Any, **_named: Any) -> str:
        """Return the address at which this site serves the file, never one of the bucket."""
        return f"{self.base_url}{filepath_to_uri(name)}"

    def names(self) -> Iterator[tuple[str, int]]:
        """Yield name and size of every file."""
        prefix = f"{self.location.strip('/')}/" if self.location else ""
        with _translated(prefix):
            pages = self.client.get_paginator("list_objects_v2").paginate(
                Bucket=self.bucket_name, Prefix=prefix
            )
            for page in pages:
                for entry in page.get("Contents", ()):
                    yield entry["Key"].removeprefix(prefix), entry["Size"]

    def exists(self, name: str) -> bool:
        try:
            with _translated(name):
                self.client.head_object(Bucket=self.bucket_name, Key=self._key(name))
        except FileNotFoundError:
            return False
        return True

    def size(self, name: str) -> int:
        with _translated(name):
            return int(super().size(name))

    def get_modified_time(self, name: str) -> datetime:
        with _translated(name):
            modified: datetime = super().get_modified_time(name)
            return modified

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with _translated(name):
            folders, files = super().listdir(name)
            return folders, files

    def delete(self, name: str) -> None:
        """Delete the file; while the bucket is away, leave that to a worker."""
        try:
            self.delete_now(name)
        except StorageAway as error:
            logger.warning("%s is deleted later: %s", name, error)
            delete_file.enqueue(name)

    def delete_now(self, name: str) -> None:
        """Delete the file. Raises `StorageAway`."""
        with _translated(name):
            super().delete(name)

    def _open(self, name: str, mode: str = "rb") -> File:
        """Return the whole file. One that breaks off is an error here, and never half a file for a visitor."""
        if mode != "rb":
            raise ValueError(f"A file of a bucket is opened for reading only, not with mode {mode}.")
        spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed with the file
        try:
            with _translated(name):
                answer = self.client.get_object(Bucket=self.bucket_name, Key=self._key(name))
                for part in answer["Body"].iter_chunks(256 * 1024):
                    spool.write(part)
        except BaseException:
            spool.close()
            raise
        spool.seek(0)
        return File(spool, name)

    def _save(self, name: str, content: Any) -> str:
        for _attempt in range(_NAMES):
            try:
                self.put(name, content, only_new=True)
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return str(clean_name(name))
        raise StorageAway(f"No free name for {name} was found.")

    def put(self, name: str, content: Any, *, only_new: bool) -> None:
        """Store `content` as `name`. Raises FileExistsError with `only_new` if the name is taken, and `StorageAway`."""
        parameters = self._get_write_parameters(name, content)
        if only_new:
            parameters["IfNoneMatch"] = "*"
        if content.seekable():
            content.seek(0)
        try:
            self.client.put_object(
                Bucket=self.bucket_name, Key=self._key(name), Body=ReadBytesWrapper(content), **parameters
            )
        except ClientError as error:
            # 409: another upload of this name is under way.
            if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") in (409, 412):
                raise FileExistsError(name) from error
            raise StorageAway(str(error)) from error
        except (BotoCoreError, Boto3Error) as error:
            raise StorageAway(str(error)) from error

    def _key(self, name: str) -> str:
        return str(self._normalize_name(clean_name(name)))

    def why_unusable(self) -> str:
        """Write, read and delete a small file; return in a few words why that failed, or that strangers can read it."""
        # Of its own for each process: another one that starts at the same time would delete it.
        probe = f"{_PROBE}-{token_hex(8)}"
        try:
            self.put(probe, ContentFile(b"x"), only_new=False)
            with self.open(probe) as file:
                file.read()
            public = self._is_read_by_strangers(probe)
            self.delete_now(probe)
        except OSError as error:
            return _reason(error)
        return "everybody can read it; take its public access away" if public else ""

    def _is_read_by_strangers(self, name: str) -> bool:
        config = self.client_config.merge(Config(signature_version=UNSIGNED))
        stranger = self._create_session().client(
            "s3",
            region_name=self.region_name,
            endpoint_url=self.endpoint_url,
            config=config,
        )
        try:
            stranger.get_object(Bucket=self.bucket_name, Key=self._key(name))["Body"].close()
        except ClientError:
            return False
        return True


def _reason(error: OSError) -> str:
    cause = error.__cause__
    if isinstance(cause, NoCredentialsError):
        return "no key is set; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
    if isinstance(cause, ClientError):
        code = cause.response.get("Error", {}).get("Code", "")
        known = {
            "NoSuchBucket": "there is no such bucket",
            "AccessDenied": "the key may not write, read and delete there",
            "InvalidAccessKeyId": "the server does not know AWS_ACCESS_KEY_ID",
            "SignatureDoesNotMatch": "AWS_SECRET_ACCESS_KEY is wrong",
        }
        return known.get(code, " ".join(str(cause).split()))
    if isinstance(cause, HTTPClientError | ConnectionFailed):
        return f"the server is not reached ({type(cause).__name__})"
    return " ".join(str(error).split())


@task(backend="queue")
def delete_file(name: str) -> None:
    """Delete a file that could not be deleted at once."""
    storage: Any = default_storage
    if isinstance(storage, BucketStorage):
        storage.delete_now(name)

"""Are packed files unpacked, and damaged ones refused where they are read?"""

import gzip
import lzma

import pyarrow as pa
import pytest

from naeum.data.streams import compression_of, open_bytes, open_text
from naeum.errors import InputError

TEXT = "가나다,1\r\n" * 20_000


def pack(path, kind):
    content = TEXT.encode()
    if kind == "zstd":
        with pa.CompressedOutputStream(str(path), "zstd") as stream:
            stream.write(content)
    else:
        path.write_bytes({"gzip": gzip.compress, "xz": lzma.compress, "": bytes}[kind](content))


@pytest.mark.parametrize("kind", ["", "gzip", "zstd", "xz"])
def test_what_was_packed_comes_back(tmp_path, kind):
    path = tmp_path / "a"
    pack(path, kind)
    assert compression_of(path) == kind
    with open_bytes(path, kind) as stream:
        assert stream.read() == TEXT.encode()
    with open_text(path, kind, "utf-8", "") as text:
        assert next(iter(text)) == "가나다,1\r\n"


@pytest.mark.parametrize("kind", ["gzip", "zstd", "xz"])
def test_a_cut_file_is_refused(tmp_path, kind):
    path = tmp_path / "a"
    pack(path, kind)
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(InputError, match=f"a {kind} file must unpack to its end; .* is damaged or cut off; copy"):  # noqa: SIM117
        with open_bytes(path, kind) as stream:
            stream.read()

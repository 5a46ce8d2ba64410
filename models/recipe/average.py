"""Average the weights of a model and of what was made of it by learning more, so that it keeps some of what it forgot.

    python models/recipe/average.py build/nli/student build/nli/finished_3 --share 0.9 --out build/nli/averaged

The mean of a model before and after it was fine-tuned lies between the two on what is new and is often better than both
on what is old (WiSE-FT, Wortsman et al. 2022). Both must be of one architecture; the first may be a shipped
folder, and may have fewer classes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from scoring import open_model


def average_models(before: Path, after: Path, share: float, out: Path) -> None:
    """Write the mean of two models to `out`, `share` of it the second.

    Raises:
        ValueError: the share is not between 0 and 1, or the two are not of one architecture.
        OSError, ModelMissing: a folder is missing or damaged.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"the share is {share}; it must lie between 0 and 1")
    first, _, _ = open_model(before, torch.float32)
    second, tokenizer, _ = open_model(after, torch.float32)
    old, new = first.state_dict(), second.state_dict()
    if old.keys() != new.keys() or any(old[name].shape[1:] != value.shape[1:] for name, value in new.items()):
        raise ValueError(f"{before} and {after} are not of one architecture")
    mean = {name: _join(old[name], value, share) if value.is_floating_point() else value for name, value in new.items()}
    second.load_state_dict(mean)
    second.save_pretrained(out)
    tokenizer.save_pretrained(out)


def _join(old: torch.Tensor, new: torch.Tensor, share: float) -> torch.Tensor:
    """Return the mean of two tensors; the rows that the new one alone has, of classes learned since, stay as they are."""
    joined = new.clone()
    joined[: len(old)] = torch.lerp(old, new[: len(old)], share)
    return joined


def main() -> None:
    """Read the command line and average."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path, help="the model before it learned more")
    parser.add_argument("after", type=Path, help="the model after it")
    parser.add_argument("--share", type=float, default=0.9, help="the share of the second")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    average_models(options.before, options.after, options.share, options.out)


if __name__ == "__main__":
    main()

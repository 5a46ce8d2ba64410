"""The models that a run's settings name: how each is run, and behind the cache where there is one."""

from __future__ import annotations

from pathlib import Path
from threading import Lock, Thread

from detector.cached import CachedEmbedder, CachedNli, describe_folder, describe_runtime
from detector.embed import Embedder, find_model, load_embedder
from detector.errors import DetectorError
from detector.judge.claim_files import SHIPPED
from detector.judge.claim_files import find_model as find_nli
from detector.judge.claim_nli import load_nli
from detector.judge.nli import Nli
from detector.precision import choose_precision
from detector.recipes import choose_embedder, choose_nli, load_embedder_once
from detector.runtime.choose import LARGE, Choice
from detector.runtime.embedder import find_graphs
from detector.settings import Settings
from detector.store import Store

_EMBEDDERS = "sentence-transformers"  # whose embedding models are known without an owner
_WEIGHTS = (".safetensors", ".bin")
_EMBEDDER, _NLI = Lock(), Lock()  # held while a model is loaded, so that nobody else loads it, too


def start_loading(settings: Settings, size: int, *, embedder: bool = True, nli: bool = True) -> None:
    """Begin to load the models in a thread of their own, so that they are there when they are asked for.

    Only those that OpenVINO runs, which takes half a second of reading, hashing and sorting out weights, most of it without Python's
    lock. What goes wrong is said by whoever asks for the model.

    Args:
        settings: name the models, the runtime and the precision.
        size: characters of text in the job; a large one has no need of this.
        embedder: whether the embedding model is wanted.
        nli: whether the NLI model is wanted.
    """
    if size >= LARGE:
        return

    def load() -> None:
        try:
            if embedder and (how := choose_embedder(settings, size)).runtime == "openvino":
                _load_embedder(settings.model, how)
            if nli and settings.nli and (how := choose_nli(settings, size)).runtime == "openvino":
                _load_nli(settings.nli, how)
        except DetectorError:
            return

    Thread(target=load, name="loading models").start()


def find_embedder(settings: Settings, size: int, store: Store | None = None) -> Embedder:
    """Return the embedding model that the settings name.

    With a store the model itself is loaded only when a text is new. A name from the hub, which can stand for another model tomorrow, then
    stands for the files of it that this machine has; where it has none, nothing is cached.

    Args:
        settings: name the model, the runtime and the precision.
        size: characters of text in the job.
        store: where vectors are kept; None for nowhere.

    Raises:
        ModelMissing: the model is not on this machine, and not all that is asked of it may be in the cache.
        SettingsError: the runtime or precision is unknown, or the model cannot be run that way.
    """
    name = settings.model
    how = choose_embedder(settings, size)
    place = _find_place(find_model(name), _EMBEDDERS) if store is not None else None
    weights = describe_folder(place, store) if store is not None and place is not None else None
    if store is None or weights is None:
        return _load_embedder(name, how)
    source = name if how.runtime == "openvino" else str(place)
    how = _settle_precision(how, store)
    graph = (describe_folder(find_graphs(), store) or "")[:8] if how.runtime == "openvino" else ""
    key = _make_key(name, f"{weights[:16]}{graph}", how)
    return CachedEmbedder(key, lambda: _load_embedder(source, how), store, name, how)


def find_nli_model(settings: Settings, size: int, store: Store | None = None) -> Nli | None:
    """Return the NLI model that the settings name, or None if they name none; as `find_embedder`."""
    name = settings.nli
    if not name:
        return None
    how = choose_nli(settings, size)
    place = (find_nli() if name == SHIPPED else _find_place(name)) if store is not None else None
    weights = describe_folder(place, store) if store is not None and place is not None else None
    if store is None or weights is None:
        return _load_nli(name, how)
    source = name if name == SHIPPED else str(place)
    how = _settle_precision(how, store)
    key = _make_key(name, weights[:16], how)
    return CachedNli(key, lambda: _load_nli(source, how), store, name, how)


def _find_place(name: str, owner: str = "") -> Path | None:
    """Return the folder of a name: itself, or what the local hub cache has of it at its main revision; None if that is not whole.

    Args:
        name: a folder, or a name on the hub.
        owner: whose models may be named without their owner.
    """
    if Path(name).is_dir():
        return Path(name)
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    for repository in (name, f"{owner}/{name}") if owner and "/" not in name else (name,):
        try:
            config = try_to_load_from_cache(repository, "config.json")
        except HFValidationError:  # a path that is no folder
            return None
        if isinstance(config, str) and any(path.suffix in _WEIGHTS for path in Path(config).parent.iterdir()):
            return Path(config).parent
    return None


def _load_embedder(name: str, how: Choice) -> Embedder:
    """Load the model, the packaged one once a process; what lies in another folder may have changed since."""
    if how.runtime != "openvino":
        return load_embedder(name, how.precision, how.runtime)
    with _EMBEDDER:
        return load_embedder_once(name, how.precision, how.runtime)


def _load_nli(name: str, how: Choice) -> Nli:
    with _NLI:
        return load_nli(name, how.precision, how.runtime)


def _settle_precision(how: Choice, store: Store) -> Choice:
    """Make "auto" a number format. That takes PyTorch, seconds to import, so it is asked only once on a machine."""
    if how.precision != "auto":
        return how
    settled = store.recall(f"precision with {describe_runtime()}", lambda: choose_precision("auto"))
    return Choice(how.runtime, settled)


def _make_key(name: str, weights: str, how: Choice) -> str:
    """Return all that a model's numbers depend on besides the text."""
    return f"{Path(name).name} {weights}, {how.runtime} {how.precision}, {describe_runtime()}"

"""The errors a caller can meet.

    DetectorError
    ├── ReadError        a path cannot be read, or does not hold what it should: articles, labelled pairs
    ├── SettingsError    a wrong key, value or combination of settings
    ├── ModelMissing     a model's files are absent or unusable
    ├── ReportError      a saved report or weights file that is not what it should be
    ├── StoreError       the cache cannot be changed as asked
    ├── ExtraMissing     a package is not installed that comes with an extra
    └── EngineError      the cluster that a run was to use cannot be used

Each message says what, where, and what to do about it. The command line catches the base class once.
"""


class DetectorError(Exception):
    """Base of every error that `detector` raises on purpose."""


class ReadError(DetectorError):
    """Nothing could be read, or a path is wrong."""


class SettingsError(DetectorError):
    """An unknown key, a value out of range, or options that contradict each other."""


class ModelMissing(DetectorError):
    """A model's files are absent, incomplete or not of the needed kind."""


class ReportError(DetectorError):
    """A saved report or weights file cannot be understood."""


class StoreError(DetectorError):
    """The cache cannot be changed as asked. A run never raises it: where the cache fails, it goes on without."""


class ExtraMissing(DetectorError):
    """What was asked for needs a package that comes with an extra (`pip install detector[...]`) and is not installed."""


class EngineError(DetectorError):
    """A cluster cannot be started or reached, or its workers die again and again."""

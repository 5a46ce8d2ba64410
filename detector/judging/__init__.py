"""The commands on the judge: check it, teach it, and have it explain a verdict. Loads no model until one is run."""

from detector.judging.commands import check_command, explain_command, learn_command

__all__ = ["check_command", "explain_command", "learn_command"]

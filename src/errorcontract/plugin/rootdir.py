"""Where pytest looks for its configuration, however our options are written.

Pytest decides that before it knows any plugin's options, so that in `--report-dir DIR` an existing DIR passes for a
folder of tests: the project's own configuration, its `testpaths` above all, would be lost.
"""

from __future__ import annotations

from copy import copy
from typing import Any

import pytest
from _pytest.config.findpaths import determine_setup

from errorcontract.plugin.options import VALUED

_INSIDE = ("_rootpath", "_inipath", "_inicfg", "_inicache", "_parser")
_SAY_IT = "pytest takes the value of {} for a folder of tests: write {}=VALUE, with the equals sign"


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> None:
    """Look again, now that the values of our options are known to be none of the files to test."""
    written = next((option for option in VALUED if option in args), None)
    known = early_config.known_args_namespace
    if written is None or known.inifilename or known.rootdir or _found(early_config)[1] == early_config.inipath:
        return
    if not all(hasattr(early_config, name) for name in _INSIDE):
        raise pytest.UsageError(_SAY_IT.format(written, written))
    _correct(early_config, args)


def _found(config: pytest.Config) -> tuple[Any, ...]:
    """The root, the configuration file, and what is in it."""
    known = config.known_args_namespace
    return determine_setup(
        inifile=None,
        override_ini=known.override_ini,
        args=known.file_or_dir,
        rootdir_cmd_arg=None,
        invocation_dir=config.invocation_params.dir,
    )


def _correct(config: Any, args: list[str]) -> None:
    """Put the configuration in its place, with the options that it adds. Nothing public does that."""
    _place(config)
    args[:] = [*config.getini("addopts"), *args]
    config.known_args_namespace = config._parser.parse_known_args(args, namespace=copy(config.option))  # noqa: SLF001
    config.known_args_namespace.confcutdir = str(config.rootpath)
    _place(config)  # some of the options that it adds change what is in it


def _place(config: Any) -> None:
    config._rootpath, config._inipath, config._inicfg = _found(config)[:3]  # noqa: SLF001
    config._inicache.clear()  # noqa: SLF001

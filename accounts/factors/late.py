"""Passkeys cost a process 11 MB: what they need is loaded when the first one is used, not with the site."""

import sys
from importlib import import_module
from importlib.util import LazyLoader, find_spec, module_from_spec

PASSKEYS = "allauth.mfa.webauthn.internal.auth"
"""The one module of allauth that imports fido2."""


def load_late(name: str) -> None:
    """From now on the module is there, and read when somebody asks for something in it."""
    spec = find_spec(name)
    if name in sys.modules or spec is None or spec.loader is None:
        return
    spec.loader = LazyLoader(spec.loader)
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    parent, _dot, own_name = name.rpartition(".")
    setattr(import_module(parent), own_name, module)

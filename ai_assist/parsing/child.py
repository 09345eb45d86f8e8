"""The program that looks at an upload: it loads what it needs for that, gives up nearly every right, and only then
takes the first byte.

Argument: the job as JSON. Standard input: what was uploaded. Standard output: lines of JSON.
"""

import errno
import json
import logging
import os
import sys
import warnings
from contextlib import suppress
from importlib import import_module
from pathlib import Path

NOBODY = 65534
NO_MEMORY = 2
"""As libxml2 says it."""


def main() -> None:
    job = json.loads(sys.argv[1]) | {"password": os.environ.pop("PASSWORD", None)}
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    logging.disable()
    warnings.simplefilter("ignore")
    output, sys.stdout = sys.stdout.buffer, sys.stderr  # a library that prints says nothing in our name
    task = import_module(f"ai_assist.parsing.{job['task']}")
    task.prepare(job)
    give_up_rights(memory=job["memory"], cpu_seconds=job["cpu_seconds"], may_fork=job["may_fork"])
    sys.meta_path.clear()  # what is not loaded is not there: libraries know what to do then
    try:
        task.run(job, sys.stdin.buffer, output)
        return
    except MemoryError:
        code, because = "memory", "MemoryError"
    except Exception as error:  # damaged files make parsers raise nearly anything
        if isinstance(error, ImportError | NameError) or getattr(error, "errno", None) == errno.EMFILE:
            raise  # something was not loaded in time, or is misspelt: not the fault of the document
        code, because = code_of(error), f"{type(error).__name__} in {place_of(error)}"
    output.write(json.dumps({"unreadable": code, "because": because}).encode() + b"\n")


def code_of(error: Exception) -> str:
    from ai_assist.parsing.blocks import Unreadable  # could not be found before

    if isinstance(error, Unreadable):
        return error.code
    is_out_of_memory = type(error).__name__ == "XMLSyntaxError" and getattr(error, "code", 0) == NO_MEMORY
    return "memory" if is_out_of_memory else "corrupt_file"


def place_of(error: Exception) -> str:
    """File and line, for the log: nothing of what the document says."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"


def give_up_rights(*, memory: int, cpu_seconds: int, may_fork: bool = False) -> None:
    """No more memory and time than this, no file and no connection beside the three pipes, no byte written to a disk,
    no other process: whatever takes this one over has nothing to go on with."""
    if sys.platform == "win32":
        return
    import resource  # Windows has none

    if os.geteuid() == 0:  # root may start processes whatever the limit
        with suppress(OSError):  # in a container that knows of no other user
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
    limits = {
        resource.RLIMIT_CPU: (cpu_seconds, cpu_seconds + 1),  # the first one says what it is
        resource.RLIMIT_NOFILE: (3, 3),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
    }
    if not may_fork:
        limits[resource.RLIMIT_NPROC] = (0, 0)
    if sys.platform == "linux":  # macOS does not keep this one
        limits[resource.RLIMIT_AS] = (memory, memory)
    for limit, most in limits.items():
        resource.setrlimit(limit, most)


if __name__ == "__main__":
    main()

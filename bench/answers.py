"""`make eval`: how well all questions of a set are answered, with the embedder that AI_EMBEDDER names.

In a database of its own; other arguments are those of `manage.py eval_rag`.
"""

import os
import subprocess
import sys
from pathlib import Path

from bench.place import FOLDER, ROOT
from bench.retrieval import database

SET = "dev-v1.1-12-articles.json"


def main() -> int:
    folder = os.environ.get("SQUAD")
    if not folder or not Path(folder, SET).is_file():
        print(f"Call it as SQUAD=folder make eval; the folder holds {SET}, see docs/ai.md.", file=sys.stderr)
        return 2
    # The store is the database that is made here, whatever the environment says.
    os.environ["VECTOR_STORE"] = "pgvector"
    with database(FOLDER / "answers"):
        command = [sys.executable, "manage.py", "eval_rag", str(Path(folder, SET).resolve()), *sys.argv[1:]]
        return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

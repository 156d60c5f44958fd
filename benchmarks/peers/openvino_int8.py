"""How does OpenVINO's own tool bring an ONNX encoder to eight bits? Run in the peers' environment; needs nncf.

python openvino_int8.py part0.onnx part0.tokenizer.json texts.txt out.xml
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np


def main(graph: str, tokenizer: str, texts: str, out: str) -> None:
    """Calibrate on the texts and write the model."""
    import nncf
    import openvino
    from tokenizers import Tokenizer

    reader = Tokenizer.from_file(tokenizer)
    lines = Path(texts).read_text(encoding="utf-8").splitlines()

    def given(text: str) -> dict[str, np.ndarray]:
        ids = np.array([reader.encode(text).ids], np.int64)
        return {"input_ids": ids, "attention_mask": np.ones_like(ids)}

    model = openvino.Core().read_model(graph)
    made = nncf.quantize(
        model,
        nncf.Dataset(lines, given),
        model_type=nncf.ModelType.TRANSFORMER,
        preset=nncf.QuantizationPreset.MIXED,
        subset_size=len(lines),
    )
    openvino.save_model(made, out, compress_to_fp16=False)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Writes files with Python's safetensors, for CheckpointTests.swift and LARSTests.swift to read.

    python3 make_checkpoint_fixtures.py        (safetensors, NumPy, PyTorch for bfloat16)
"""

import pathlib

import numpy
import safetensors.torch
import torch

folder = pathlib.Path(__file__).parent


def types():
    """The same seven numbers in every type that can hold them, and shapes at the edges."""
    numbers = torch.tensor([0, 1, -2, 3.5, -0.0, 65504, 2.0**-24], dtype=torch.float64)
    whole = torch.tensor([0, 1, -2, 100, 7, 127, -128])
    tensors = {
        "F64": numbers,
        "F32": numbers.float(),
        "F16": numbers.half(),
        "BF16": torch.tensor([0, 1, -2, 3.5, -0.0, 65536, 2.0**-24], dtype=torch.bfloat16),
        "I64": whole,
        "I32": whole.int(),
        "I16": whole.short(),
        "I8": whole.char(),
        "U8": torch.tensor([0, 1, 255], dtype=torch.uint8),
        "BOOL": torch.tensor([True, False]),
        "special": torch.tensor([float("inf"), float("-inf"), float("nan")], dtype=torch.float16),
        "scalar": torch.tensor(2.5),
        "empty": torch.zeros(2, 0, 3),
        "block0.weight": torch.arange(6).reshape(2, 3).float(),
        'naïve "名前" 😀\n': torch.tensor([1.0]),
    }
    notes = {"made by": 'Python\'s "safetensors"', "größe": "小\t😀"}
    safetensors.torch.save_file(tensors, folder / "types.safetensors", metadata=notes)


def lars():
    """Three steps of LARS in 64 bits, written out from the paper's algorithm and SimCLR's settings."""
    source = numpy.random.RandomState(1)
    rate, momentum, decay, trust = 0.5, 0.9, 0.1, 0.02
    tensors = {}
    for name, shape in [("weight", (5, 7)), ("bias", (7,)), ("zero", (3, 3))]:
        w = source.uniform(-1, 1, shape).astype("float32").astype("float64")
        if name == "zero":
            w *= 0
        tensors[f"{name}.start"] = w.copy()
        velocity = numpy.zeros(shape)
        for step in range(3):
            g = source.uniform(-1, 1, shape).astype("float32").astype("float64")
            tensors[f"{name}.gradient{step}"] = g.copy()
            ratio = 1.0
            if name != "bias":
                g += decay * w
                norms = numpy.linalg.norm(w), numpy.linalg.norm(g)
                if min(norms) > 0:
                    ratio = trust * norms[0] / norms[1]
            velocity = momentum * velocity + rate * ratio * g
            w = w - velocity
        tensors[f"{name}.end"] = w
    tensors = {name: torch.from_numpy(t).float() for name, t in tensors.items()}
    safetensors.torch.save_file(tensors, folder / "lars.safetensors")


if __name__ == "__main__":
    types()
    lars()

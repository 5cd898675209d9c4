"""ONNX graphs, ready to run."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from claimx.errors import ModelError


@contextmanager
def loading(path: Path) -> Iterator[None]:
    """Whatever goes wrong inside is a `ModelError` that names `path`."""
    try:
        yield
    except Exception as error:  # onnxruntime has a dozen exceptions of its own without a common base
        raise ModelError(f"{path} cannot be loaded ({error}); install claimx again or name another model") from error


def open_session(path: Path, threads: int, given: Mapping[str, NDArray[Any]] | None = None) -> Any:
    """An ONNX session over the graph at `path`, with the values of initializers that the file itself lacks.

    Raises `ModelError` where there is no such graph, or no onnxruntime.
    """
    try:
        # imported here because it costs a fifth of a second that only running the model is worth
        import onnxruntime
    except ImportError as error:
        raise ModelError("claimx's model needs onnxruntime; run: pip install onnxruntime") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    # waiting threads must not take a core from others; the arena would keep the peak of the longest batch
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    values = {name: onnxruntime.OrtValue.ortvalue_from_numpy(value) for name, value in (given or {}).items()}
    options.add_external_initializers(list(values), list(values.values()))
    with loading(path):
        return onnxruntime.InferenceSession(str(path), sess_options=options, providers=["CPUExecutionProvider"])

"""How is a base model loaded and run?

`encoder` gives the shared module with the exact weights, `load` one of one's own, `hidden_states` runs a batch. For a
pass in bfloat16 the linear layers hold bfloat16 weights and the rest stays float32 under autocast: nearly as fast as
all-bfloat16 weights and closer to float32 (worst cosine of a mean-pooled MiniLM vector 0.9999 against 0.9998).
"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from naeum.contract import Ints, Policy
from naeum.engine import attention, compiling
from naeum.engine.policy import use_threads
from naeum.errors import BaseModelError
from naeum.extras import need

if TYPE_CHECKING:
    from naeum.engine.bases import Base

# One pass at a time: two on the same cores only slow each other, and collecting hidden states is not made for threads.
_ONE_AT_A_TIME = threading.RLock()
FEWER = ("bfloat16", "float16")  # bits than float32
UNUSED = ("pooler.", "position_ids")  # parts of a checkpoint that features do not need


def encoder(base: Base, policy: Policy) -> Any:
    """The torch module of a base model in evaluation mode, in float32 on the policy's device, loaded once per process.

    It is shared by threads: copy it to train or change it.

    Raises:
        BaseModelError: the weights do not fit the configuration, or cannot be read.
    """
    with _ONE_AT_A_TIME:
        return _shared(base, policy.device, "float32")


def load(base: Base) -> Any:
    """A module of one's own on the CPU in float32, without pooling head, to train or change.

    Raises:
        BaseModelError: the weights do not fit the configuration, or cannot be read.
    """
    transformers, torch = (
        need("transformers", f"the base model {base.name}"),
        need("torch", f"the base model {base.name}"),
    )
    options = {"dtype": torch.float32, "use_safetensors": True, "trust_remote_code": False, "local_files_only": True}
    noise = transformers.utils.logging
    verbosity, bars = noise.get_verbosity(), noise.is_progress_bar_enabled()
    try:
        noise.set_verbosity_error()
        noise.disable_progress_bar()
        config = transformers.AutoConfig.from_pretrained(
            str(base.folder), trust_remote_code=False, local_files_only=True
        )
        options |= _for_class(transformers, type(config))
        module, report = transformers.AutoModel.from_pretrained(
            str(base.folder), config=config, output_loading_info=True, **options
        )
    except (OSError, ValueError, KeyError, RuntimeError, TypeError, AttributeError, ImportError) as error:
        raise BaseModelError(_unusable(base, " ".join(str(error).split())[:200])) from error
    finally:
        noise.set_verbosity(verbosity)
        if bars:
            noise.enable_progress_bar()
    missing = [name for name in report["missing_keys"] if not any(part in name for part in UNUSED)]
    if missing:
        raise BaseModelError(_unusable(base, f"{len(missing)} arrays are missing, the first is {sorted(missing)[0]}"))
    return module


def blank(base: Base) -> Any:
    """A module as `load` gives it, but with random weights: only the configuration of the base is read.

    Raises:
        BaseModelError: the configuration cannot be read.
    """
    transformers, torch = (
        need("transformers", f"the base model {base.name}"),
        need("torch", f"the base model {base.name}"),
    )
    try:
        config = transformers.AutoConfig.from_pretrained(
            str(base.folder), trust_remote_code=False, local_files_only=True
        )
        options = _for_class(transformers, type(config))
        with torch.random.fork_rng():  # what is drawn here moves nothing else
            return transformers.AutoModel.from_config(config, trust_remote_code=False, **options).float()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ImportError) as error:
        raise BaseModelError(_unusable(base, " ".join(str(error).split())[:200])) from error


def hidden_states(base: Base, policy: Policy, ids: Ints, mask: Ints, every: bool = True) -> tuple[Any, Any]:
    """Run one batch.

    Args:
        base, policy: which encoder, where and how exactly.
        ids, mask: (rows, tokens) as `tokens.pad` gives them.
        every: all layers, or the last only.

    Returns:
        (states, mask): states is a tuple of tensors (rows, tokens, width) on the device, embeddings first where
        `every`, the last layer last; mask is the tensor (rows, tokens).
    """
    torch = need("torch", "computing features")
    use_threads(policy)
    fewer = getattr(torch, policy.dtype) if policy.dtype in FEWER else torch.bfloat16
    device = torch.device(policy.device)
    given = {"input_ids": torch.from_numpy(ids).to(device), "attention_mask": torch.from_numpy(mask).to(device)}
    with _ONE_AT_A_TIME, torch.inference_mode(), torch.autocast(device.type, fewer, enabled=policy.dtype in FEWER):
        module = _shared(base, policy.device, policy.dtype)
        answer = compiling.maybe(module)(**given, output_hidden_states=every, return_dict=True)
    last = answer.last_hidden_state
    states = (*answer.hidden_states[:-1], last) if every else (last,)
    return states, given["attention_mask"]


@lru_cache(maxsize=4)
def _shared(base: Base, device: str, dtype: str) -> Any:
    torch = need("torch", f"the base model {base.name}")
    module = load(base).eval().requires_grad_(False)
    if dtype in FEWER:
        for layer in module.modules():
            if isinstance(layer, torch.nn.Linear):
                layer.to(getattr(torch, dtype))
    return module.to(device)


def _for_class(transformers: Any, config: type) -> dict[str, Any]:
    """Options that not every architecture knows."""
    cls = transformers.AutoModel._model_mapping[config]
    names = cls.__init__.__code__.co_varnames[: cls.__init__.__code__.co_argcount]
    fast = {"attn_implementation": attention.register() if getattr(cls, "_supports_sdpa", False) else "eager"}
    return fast | ({"add_pooling_layer": False} if "add_pooling_layer" in names else {})


def _unusable(base: Base, reason: str) -> str:
    return (
        f"the weights of a base model must fit its config.json; {base.folder} cannot be loaded ({reason}); get it anew"
    )

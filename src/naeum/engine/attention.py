"""How is attention computed when an encoder learns on a CPU in bfloat16?

In float32: the backward of torch's fused CPU kernel takes seven times as long in bfloat16 (7.2 ms against 1.0 ms for
16 rows of 24 tokens on two cores, torch 2.13), which made attention a third of every training step. Forward passes and
other devices keep what they are given.
"""

from __future__ import annotations

from typing import Any

from naeum.extras import need

NAME = "naeum_sdpa"  # under which transformers finds it


def register() -> str:
    """Make the attention known to transformers; gives its name for `attn_implementation`. May be called again."""
    transformers = need("transformers", "an encoder")
    masks = need("transformers.masking_utils", "an encoder")
    transformers.AttentionInterface.register(NAME, attend)
    transformers.AttentionMaskInterface.register(NAME, masks.sdpa_mask)
    return NAME


def attend(module: Any, query: Any, key: Any, value: Any, attention_mask: Any, **rest: Any) -> tuple[Any, None]:
    """transformers' scaled dot-product attention, in float32 where a gradient is wanted of bfloat16 on a CPU.

    Args:
        module: that attends.
        query, key, value: (rows, heads, tokens, width of a head).
        attention_mask: (rows, 1, tokens, tokens), True or 0 where a token may be looked at; None: everywhere.
        rest: what else transformers hands over.

    Returns:
        ((rows, tokens, heads, width of a head) in the dtype of `query`, None).
    """
    import torch
    from transformers.integrations.sdpa_attention import sdpa_attention_forward as plain

    slow = query.device.type == "cpu" and query.dtype == torch.bfloat16 and query.requires_grad
    if not slow:
        return plain(module, query, key, value, attention_mask, **rest)
    if attention_mask is not None and attention_mask.is_floating_point():
        attention_mask = attention_mask.float()
    with torch.autocast("cpu", enabled=False):  # which would turn them back into bfloat16
        states, _ = plain(module, query.float(), key.float(), value.float(), attention_mask, **rest)
    return states.to(query.dtype), None

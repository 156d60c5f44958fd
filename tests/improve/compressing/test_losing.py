"""Is what each smaller model lost told from the rows that rungs may be looked at?"""

from naeum.cycle import at_work
from naeum.improve.compressing.losing import losses


def test_every_smaller_model_is_compared_with_its_champion(compressed_run):
    run, found, _ = compressed_run
    assert set(found.losses) == {point.name for point in found.points[1:]}
    plain, eight = found.losses["exported"], found.losses["eight bits"]
    with at_work(run, lambda event: None, {}, look=True) as site:
        rows = int((site.split.parts.tune.target >= 0).sum())
        smaller = {"eight bits": found.rungs[found.points[3].rung]}
        again = losses(site, found.champion, smaller)
    assert f"on {rows} rows of tune" in plain.said and f"on {rows} rows of tune" in eight.said
    assert again["eight bits"].to_json() == eight.to_json()
    assert eight.layers and not plain.layers, "layers are told where rounding was measured"

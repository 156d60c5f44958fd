"""Has each training of a fit its own scratch folder, and do its steps count on?"""

from naeum.testing.runs import TinyRun
from naeum.train.stage import Stage


def test_it_is_the_run_with_its_own_folder_and_steps(tmp_path):
    run = TinyRun(tmp_path)
    stage = Stage(run, 1, 3)
    assert stage.scratch.is_dir()
    assert stage.scratch.parent == run.scratch
    assert stage.scratch != Stage(run, 2, 3).scratch
    stage.report(5, 10, 0.5, "half")
    assert run.reports == [(15, 30, 0.5, "half")]
    assert (stage.seed, stage.policy, stage.cache, stage.bare, stage.also) == (
        run.seed, run.policy, run.cache, run.bare, run.also,
    )  # fmt: skip
    assert stage.seconds_left() == run.seconds_left()

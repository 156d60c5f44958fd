"""Do probe and fine-tune of pretrained encoders learn and come back? Tiny encoders, with random weights."""

import numpy as np
import pytest

from naeum.errors import InputError
from naeum.model.image.changes import Changes
from naeum.model.image.pretrained import FittedImageProbe, ImageProbe, TunedImages, TunedOnImages
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import images as world
from naeum.train import cost
from naeum.train.recipe import Optimization

BRISK = Optimization(epochs=12.0, learning_rate=3e-3, batch_size=8, layer_decay=1.0)


def right(predictor, data):
    return (predictor.predict(data.rows).codes == data.target).mean()


def test_a_probe_of_random_features_learns_and_comes_back(resnet, tmp_path):
    given = world.parts(48)
    learner = ImageProbe(resnet, size=16)
    found = learner.fit(given, TinyRun(tmp_path))
    assert right(found, given.tune) >= 0.7 and found.decided(learner).c == found.c > 0
    back = FittedImageProbe.restore(found.task, found.state())
    assert np.array_equal(back.predict(world.odd()).scores, found.predict(world.odd()).scores)


@pytest.mark.parametrize("which", ["resnet", "vit"])
def test_a_tuned_encoder_learns_and_comes_back(which, tmp_path, request):
    given = world.parts(48)
    learner = TunedImages(request.getfixturevalue(which), optimization=BRISK, changes=Changes(cutout=0.0), size=16)
    found = learner.fit(given, TinyRun(tmp_path))
    assert right(found, given.tune) >= 0.6
    back = TunedOnImages.restore(found.task, found.state())
    assert np.array_equal(back.predict(world.odd()).scores, found.predict(world.odd()).scores)
    decided = found.decided(learner)
    assert decided.patience == 0 and decided.optimization.course.stop_after == found.best_epochs


def test_costs_are_foretold(resnet, tmp_path):
    learner = TunedImages(resnet, optimization=BRISK, size=16)
    assert 0 < cost.estimate(learner, world.parts(12), TinyRun(tmp_path)) < 60
    policy = TinyRun(tmp_path).policy
    assert learner.nominal(10, 0.0, policy) > ImageProbe(resnet, size=16).nominal(10, 0.0, policy) > 0


def test_settings_that_cannot_be_are_refused(resnet):
    with pytest.raises(InputError, match="pooling must be one of mean, cls; got 'max'"):
        ImageProbe(resnet, pooling="max")
    with pytest.raises(InputError, match="patience and size must be at least 0; got -1 and 0"):
        TunedImages(resnet, patience=-1)

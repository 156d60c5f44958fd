"""Which edits of a learner are known? Every technique, in the order in which equals are tried."""

from naeum.contract import Technique
from naeum.improve.techniques.augmenting import AUGMENT
from naeum.improve.techniques.bagging import BAGGING
from naeum.improve.techniques.bases import BASE, HALVING
from naeum.improve.techniques.depth import EMBEDDINGS, FULL, LORA, TOP_LAYERS
from naeum.improve.techniques.distilling import DISTIL
from naeum.improve.techniques.heads import SEVERAL_HEADS
from naeum.improve.techniques.images import IMAGE_CHANGES, IMAGE_MIXING, MIRROR_IMAGES, STOCHASTIC_DEPTH, WIDTH
from naeum.improve.techniques.imbalance import CLASS_WEIGHTS, FOCAL, LOGIT_ADJUSTMENT, WEIGHED_ROWS
from naeum.improve.techniques.labels import CLEAN_LABELS
from naeum.improve.techniques.mixed import EARLY_FUSION, OWN_READERS
from naeum.improve.techniques.newcomers import NEWCOMER
from naeum.improve.techniques.ngrams import NGRAMS, REGULARIZATION
from naeum.improve.techniques.optimization import BATCH_SIZE, EPOCHS_TECHNIQUE, LEARNING_RATE, SCHEDULE
from naeum.improve.techniques.preparing import PREPARE
from naeum.improve.techniques.pruning import PRUNE
from naeum.improve.techniques.quantizing import QUANTIZE
from naeum.improve.techniques.reading import LAYER_POOLING, MAX_LENGTH
from naeum.improve.techniques.restraint import AVERAGING, DROPOUT, LABEL_SMOOTHING, WEIGHT_DECAY
from naeum.improve.techniques.searching import SEARCH
from naeum.improve.techniques.semi import PSEUDO_LABELS
from naeum.improve.techniques.tables import (
    COLUMN_SAMPLING,
    DERIVED_COLUMNS,
    FAMILY,
    INTERACTIONS,
    MORE_TREES,
    SHRINKAGE,
    TREE_SIZE,
)
from naeum.improve.techniques.tags import CASE, CHAIN, MENTION_SWAP, WORD_PIECES
from naeum.improve.techniques.targets import LABEL_LOSSES, LABEL_WEIGHTS, LOG_TARGET, ROBUST_LOSS
from naeum.improve.techniques.together import BLEND, CALIBRATE, SECOND_SEED

TECHNIQUES: tuple[Technique, ...] = (
    BLEND,
    FULL,
    TOP_LAYERS,
    SECOND_SEED,
    QUANTIZE,
    PRUNE,
    BASE,
    HALVING,
    NEWCOMER,
    LAYER_POOLING,
    EPOCHS_TECHNIQUE,
    LEARNING_RATE,
    REGULARIZATION,
    NGRAMS,
    TREE_SIZE,
    SHRINKAGE,
    DERIVED_COLUMNS,
    INTERACTIONS,
    COLUMN_SAMPLING,
    BAGGING,
    FAMILY,
    MORE_TREES,
    IMAGE_CHANGES,
    MIRROR_IMAGES,
    IMAGE_MIXING,
    STOCHASTIC_DEPTH,
    WIDTH,
    MENTION_SWAP,
    CHAIN,
    WORD_PIECES,
    CASE,
    LABEL_LOSSES,
    LABEL_WEIGHTS,
    ROBUST_LOSS,
    LOG_TARGET,
    PSEUDO_LABELS,
    DISTIL,
    SEVERAL_HEADS,
    OWN_READERS,
    EARLY_FUSION,
    LORA,
    EMBEDDINGS,
    LABEL_SMOOTHING,
    CLASS_WEIGHTS,
    WEIGHED_ROWS,
    LOGIT_ADJUSTMENT,
    CLEAN_LABELS,
    PREPARE,
    AUGMENT,
    MAX_LENGTH,
    BATCH_SIZE,
    DROPOUT,
    WEIGHT_DECAY,
    FOCAL,
    SCHEDULE,
    AVERAGING,
    SEARCH,
    CALIBRATE,
)

__all__ = ["TECHNIQUES"]

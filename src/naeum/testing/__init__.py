"""Which laws must every learner, predictor, technique and check keep, and how does one try them on one's own?

`laws.keep(LAWS, subject)` tries them: `learners.LEARNER_LAWS` and `predictors.PREDICTOR_LAWS` on a `bench.Bench`,
`techniques.TECHNIQUE_LAWS` on a `techniques.Situation`, `checks.CHECK_LAWS` on a `checks.Trial`.
"""

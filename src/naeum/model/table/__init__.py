"""How are rows of numbers, categories, dates and short texts learned?

What to try first on a table, in this order, each with its defaults unless said otherwise:

1. `TableLinear()`: a second; the linear floor that a model must beat. For numbers with `degree=2` next.
2. `Boosting()`: the best single model on most tables of a few hundred rows and more.
3. `Forest(how="extra")` and `Forest()`: as good as boosting on a few hundred rows, and other errors to blend with.
4. `Boosting(target="log")` for numbers above 0 that spread over powers of ten, such as prices.
5. `Boosting(learning_rate=0.03, leaves=63, least_rows=10)` where there are 20,000 rows and more; `leaves=8,
   least_rows=5` under 1,000.
6. `Blend` of the best of each kind; `Searched` over `Boosting`; `Calibrated` for classes, `Conformal` for numbers.
7. `AdaBoost()` and `Forest(how="bagging")` are there for comparison: they seldom win.

Rows that mix a table with long texts or images go to `naeum.model.around.columns.Columns`, a learner for each group.
"""

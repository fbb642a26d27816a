"""Mutants that no test can notice, each with the reason: by module, function, text before and after."""

_HAS_AMOUNT = "an actual in state VALUE has an amount; the question is there for the type checker"
_RANGE = "a range, and nothing else, has an upper end (plan.goal); the question is there for the type checker"
_BOTH = "goal.comparator is Comparator.RANGE and goal.upper is not None"
_INCREASE = "the upper end of an increase lies above its base, so that the comparison below says no as well"
_OVER = "a path ends with the year, and a year that is over has no path any more (_expectation)"

EQUIVALENT: dict[tuple[str, str, str, str], str] = {
    ("assess", "", "strict: bool = False", "strict: bool = True"):
        "the default of Result.strict: judge, which makes all results, gives every field",
    ("assess", "judge", "actual.state is State.VALUE and actual.amount is not None",
     "actual.state is State.VALUE and actual.state is State.VALUE"): _HAS_AMOUNT,
    ("assess", "_percent", "actual.state is not State.VALUE or amount is None or len(points) > 1",
     "actual.state is not State.VALUE or len(points) > 1"): _HAS_AMOUNT,
    ("assess", "_because",
     "actual.state is not State.VALUE or amount is None or target.kind is Kind.MILESTONE",
     "actual.state is not State.VALUE or target.kind is Kind.MILESTONE"): _HAS_AMOUNT,
    ("assess", "_needed", "gap is None or gap.value is None or gap.value <= 0 or (not period.months_left)",
     "gap is None or gap.value is None or gap.value <= 0"):
        "over the year a gap is out of reach, of which nothing is asked a month; it keeps a division from 0",
    ("assess", "_because", "expected is None or risk is None", "risk is None or risk is None"):
        "where nothing is expected there is no band either (pace._risk)",
    ("numbers", "", "pair[0]", "pair[1]"):
        "of the words one begins with another only in >= and <=, whose signs are as long as they",
    ("numbers", "value", "self.low is self.high or self.low == self.high",
     "self.low == self.high or self.low == self.high"): "the same bound is an equal one; it is the short way",
    ("numbers", "_agree", "part is None or not whole", "not whole or not whole"):
        "a pair with a percentage behind it begins with a digit, so it is exact; the question is for the type checker",
    ("numbers", "_agree", "return False", "return None"): "both are no",
    ("pace", "sides_of", _BOTH, "goal.comparator is Comparator.RANGE or goal.upper is not None"): _RANGE,
    ("pace", "sides_of", _BOTH, "goal.upper is not None and goal.upper is not None"): _RANGE,
    ("pace", "sides_of", _BOTH,
     "goal.comparator is Comparator.RANGE and goal.comparator is Comparator.RANGE"): _RANGE,
    ("pace", "sides_of", "'ok' if goal.change else 'fails'", "'ok' if goal.change else 'failsXX'"):
        "every word but ok means the same",
    ("pace", "_comes_down", "not side.upper or goal.change > 0", "not side.upper or not side.upper"):
        _INCREASE,
    ("pace", "_comes_down", "goal.change > 0", "goal.change > 1"): _INCREASE,
    ("pace", "_comes_down", "return False", "return None"): "both are no",
    ("pace", "_path", "zip(('q1', '6m', '9m', 'year'), target.pace.quarters, strict=False)",
     "zip(('q1', '6m', '9m', 'year'), target.pace.quarters)"):
        "strict=False is the default",
    ("pace", "_path", "points[-1][0] < period.last", "points[-1][0] <= period.last"):
        "a second point of the last day, which no day before it reaches",
    ("pace", "_along", "return level", "return None"): _OVER,
}  # fmt: skip

"""What keeps a declaration about an earlier plan's targets from holding, in words."""

from rehabplan.i18n import N_
from rehabplan.plan.model import Target
from rehabplan.problems import Code, Message, Problem, Where, problem

TWO = N_("that plan has both; if both became this one, it is merged_from")
BOTH_THERE = N_("that plan has '{target}' too")
NO_OTHER_PART = N_("no other new target is a part of it")
CLASH = N_("'{other}' declares otherwise about '{shared}'")


def doubt(where: Where, target: Target, said: tuple[str, str], year: int, reason: Message) -> Problem:
    """Return the problem that a declaration does not hold against the plan of a year.

    Args:
        where: the target in the plan that declares.
        target: who declares.
        said: the key and what stands there.
        year: the year of the other plan.
        reason: why it does not hold.
    """
    key, found = said
    args = {"target": target.id, "key": key, "found": found, "year": year, "reason": reason}
    return problem(Code.LINK_DOUBTFUL, where, **args)

"""Times to an event as Kaplan-Meier curves."""

from itbkg.charts.chart import Chart
from itbkg.charts.survival import StepRow, kaplan_meier_chart
from itbkg.charts.words import Words
from itbkg.timing import Rule, Times


def times_chart(times: Times, rule: Rule = Rule.MIDPOINT, width: int = 900) -> Chart[StepRow]:
    """Draw the curves of the groups in which any case tells a time; all cases together where no groups were asked for.

    Raises ParameterError for more than seven groups, and for a width that cannot be.
    """
    groups = times.groups[1:] or times.groups
    curves = {group.label: group.curves[rule] for group in groups if group.curves[rule].steps}
    everyone = times.groups[0]
    told = everyone.events + everyone.censored
    empty = [group.label for group in groups if not group.curves[rule].steps]
    notes = (
        *([f"No case of these groups tells a time: {', '.join(empty)}."] if empty else []),
        f"Each event is taken at the {rule} of the window that its report gives.",
        "Published case reports are a chosen few: no times of patients.",
    )
    words = Words(
        "times",
        f"{times.span.label[0].upper()}{times.span.label[1:]}: {told} of {times.of} cases tell a time",
        f"n = {everyone.events} with the event and {everyone.censored} censored; "
        f"{everyone.not_reported} of N = {times.of} do not report it and have no part in the curves",
        notes,
    )
    return kaplan_meier_chart(curves, words, width)

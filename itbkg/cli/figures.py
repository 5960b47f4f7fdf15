"""Numbers as a reader wants them: hours as minutes, hours or days; shares as percent; p-values."""

_MINUTES, _HOURS = 60, 24
#: From three days on a time is told in days.
_DAYS_FROM = 72
_LEAST_P = 0.001


def spoken(hours: float | None) -> str:
    """Tell a time: `10 min`, `24 h`, `152 d`; a dash where there is none."""
    if hours is None:
        return "-"
    if 0 < hours < 1:
        return f"{hours * _MINUTES:.3g} min"
    return f"{hours:.3g} h" if hours < _DAYS_FROM else f"{hours / _HOURS:.4g} d"


def percent(share: float | None) -> str:
    """Tell a share: `22 %`; a dash where there is none."""
    return "-" if share is None else f"{share:.0%}".replace("%", " %")


def interval(low: str, high: str) -> str:
    """Tell the ends of an interval; nothing where it has none."""
    return "" if (low, high) == ("-", "-") else f" ({low} to {high})"


def p_value(p: float | None) -> str:
    """Tell a p-value: `p 0.13`, `p < 0.001`."""
    if p is None:
        return "no p"
    return f"p < {_LEAST_P}" if p < _LEAST_P else f"p {p:.2g}"

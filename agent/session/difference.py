"""What has changed between a field's text and the same a moment later."""


def difference(before: str, after: str) -> tuple[int, int, str]:
    """Where, how many characters went, and what came in their place: the shortest that does it."""
    most = min(len(before), len(after))
    start = next((i for i in range(most) if before[i] != after[i]), most)
    most -= start
    same = next((i for i in range(most) if before[-1 - i] != after[-1 - i]), most)
    return start, len(before) - same - start, after[start : len(after) - same]

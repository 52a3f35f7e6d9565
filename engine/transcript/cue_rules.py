"""Say how subtitle cues may look, and give three sets of rules that people use."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import OptionsError


@dataclass(frozen=True, slots=True)
class CueRules:
    """Bound the size and the time of subtitle cues; times in seconds."""

    max_line_width: int = 42
    """Columns, 10 to 200; a wide character (Chinese, Japanese, emoji) takes two."""
    max_lines: int = 2
    """1 to 10."""
    max_cps: float = 20.0
    """Columns a second that people can read, above 0."""
    min_duration: float = 0.834
    max_duration: float = 7.0
    min_gap: float = 0.083
    """Dark time between two cues, so that the eye sees the change."""
    bridge_gap: float = 0.5
    """A shorter pause than this is bridged: the cue stays until `min_gap` before the next."""
    max_linger: float = 0.5
    """How long a cue may stay after its last word for the sake of `max_cps`."""
    pause: float = 1.0
    """Cues always part at a silence of this length."""

    def __post_init__(self) -> None:
        _check(10 <= self.max_line_width <= 200, "a line takes 10 to 200 columns")
        _check(1 <= self.max_lines <= 10, "a cue takes 1 to 10 lines")
        _check(self.max_cps > 0, "the reading speed must be positive")
        _check(0.001 <= self.min_duration <= self.max_duration, "durations contradict each other")
        for name in ("min_gap", "bridge_gap", "max_linger", "pause"):
            _check(getattr(self, name) >= 0, f"{name} must not be negative")


def _check(is_valid: bool, sentence: str) -> None:
    if not is_valid:
        raise OptionsError("options.invalid", sentence)


PRESETS: dict[str, CueRules] = {
    # BBC Subtitle Guidelines: 37 characters (teletext; EBU Tech 3264 rows), two lines, 160 to 180
    # words a minute (at six characters 16 to 18 a second), pauses under a second are closed (4.5),
    # at most 1.5 s after speech (5.2). 1 s and 6 s: Karamitroglou (1998), "A Proposed Set of
    # Subtitling Standards in Europe". Gap: two frames at 25 a second.
    "broadcast": CueRules(
        max_line_width=37,
        max_cps=17.0,
        min_duration=1.0,
        max_duration=6.0,
        min_gap=0.08,
        bridge_gap=1.0,
        max_linger=1.5,
    ),
    # Netflix Timed Text Style Guide: 42 characters, two lines, 20 characters a second (English,
    # adults), 5/6 s to 7 s, two frames apart (24 a second), gaps under half a second are closed,
    # at most 12 frames after speech.
    "web_video": CueRules(),
    # For slow readers and learners: Netflix's 13 characters a second for children; at least
    # 1.5 s, and at most 2 s after speech (Karamitroglou).
    "reading": CueRules(max_cps=13.0, min_duration=1.5, bridge_gap=1.0, max_linger=2.0),
}
"""Name → rules."""

"""Run every measure, or those named: `python -m bench answering refusal`.

There are: answering, refusal, calibration, deciding, ablation, audiences, finding, weighing, robustness, disclosure,
disclosure-files, skills, skills-minutes, skills-disclosure, export, surveys-delivery, surveys-kill, surveys-minutes, results, scale,
following, startup, memory, writing, digest, digest-crash, erasure, slack, teams, teams-parts, hostile.
"""

from __future__ import annotations

import sys

from bench import (
    ablation,
    answering,
    audiences,
    calibration,
    deciding,
    digest,
    digest_crash,
    disclosure,
    disclosure_files,
    disclosure_skills,
    erasure,
    export,
    finding,
    following,
    hostile,
    memory,
    refusal,
    results,
    robustness,
    scale,
    skills,
    skills_minutes,
    slack_rate,
    startup,
    survey_delivery,
    survey_killing,
    survey_minutes,
    teams_parts,
    teams_rate,
    weighing,
    writing,
)
from bench.harness import RESULTS, ROOT, report
from bench.retrieval import FAQ

MEASURES = {
    "answering": answering.measure,
    "refusal": refusal.measure,
    "calibration": calibration.measure,
    "deciding": deciding.measure,
    "ablation": ablation.measure,
    **(
        {
            "finding": finding.measure,
            "weighing": weighing.measure,
            "audiences": audiences.measure,
            "robustness": robustness.measure,
        }
        if FAQ.exists()
        else {}
    ),
    "disclosure": disclosure.measure,
    "disclosure-files": disclosure_files.measure,
    "skills": skills.measure,
    "skills-minutes": skills_minutes.measure,
    "skills-disclosure": disclosure_skills.measure,
    "export": export.measure,
    "surveys-delivery": survey_delivery.measure,
    "surveys-kill": survey_killing.measure,
    "surveys-minutes": survey_minutes.measure,
    "results": results.measure,
    "scale": scale.measure,
    "following": following.measure,
    "startup": startup.measure,
    "memory": memory.measure,
    "writing": writing.measure,
    "digest": digest.measure,
    "digest-crash": digest_crash.measure,
    "erasure": erasure.measure,
    "slack": slack_rate.measure,
    "teams": teams_rate.measure,
    "teams-parts": teams_parts.measure,
    "hostile": hostile.measure,
}


def main(names: list[str]) -> int:
    """Measure and report; 2 when a name is unknown."""
    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are: {', '.join(MEASURES)}", file=sys.stderr)
        return 2
    for name in names or MEASURES:
        report(MEASURES[name]())
    print(f"\nJSON: {RESULTS.relative_to(ROOT)}/")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

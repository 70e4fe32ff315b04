"""What the worker does by the clock: one literal table of jobs."""

from __future__ import annotations

from bot.jobs.retention import forget_expired, forget_sign_ins
from bot.jobs.reviews import remind_of_reviews
from bot.jobs.running import Job

HOUR = 3600.0

JOBS = (
    Job("expired", forget_expired, HOUR),
    Job("sign-ins", forget_sign_ins, HOUR),
    Job("reviews overdue", remind_of_reviews, HOUR),
)

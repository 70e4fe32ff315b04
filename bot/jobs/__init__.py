"""What the worker does by the clock: one literal table of jobs."""

from __future__ import annotations

from bot.jobs.audit import keep_audit
from bot.jobs.backups import keep_backups
from bot.jobs.digests import nudge_owners, send_digests, summarise_month, watch_digests
from bot.jobs.drawings import APART as DRAWING
from bot.jobs.drawings import draw_results_apart
from bot.jobs.encoding import encode_edited
from bot.jobs.experts import ADMITTING, show_experts_apart
from bot.jobs.personnel import take_force
from bot.jobs.results import APART as AUDITING
from bot.jobs.results import publish_results_apart
from bot.jobs.retention import clean_file, forget_expired, forget_leavers, forget_sign_ins
from bot.jobs.reviews import remind_of_reviews
from bot.jobs.running import Job
from bot.jobs.surveys import forget_answers, run_rounds
from bot.jobs.trouble import tell_of_trouble

HOUR = 3600.0
MINUTE = 60.0

JOBS = (
    Job("personnel", take_force, 5 * MINUTE),
    Job("expired", forget_expired, HOUR),
    Job("sign-ins", forget_sign_ins, HOUR),
    Job("audit", keep_audit, HOUR),
    Job("leavers", forget_leavers, HOUR),
    Job("file cleaned", clean_file, HOUR),
    Job("backups", keep_backups, HOUR),
    Job("reviews overdue", remind_of_reviews, HOUR),
    Job("survey rounds", run_rounds, MINUTE),
    Job("survey answers", forget_answers, HOUR),
    Job("digest", send_digests, MINUTE),
    Job("reports due", nudge_owners, 5 * MINUTE),
    Job("monthly summary", summarise_month, 5 * MINUTE),
    Job("digest watched", watch_digests, 5 * MINUTE),
    Job("texts encoded", encode_edited, MINUTE),
    Job("messages undelivered", tell_of_trouble, 5 * MINUTE),
    Job("survey results", publish_results_apart, MINUTE, AUDITING.stop),
    Job("results drawn", draw_results_apart, MINUTE, DRAWING.stop),
    Job("experts shown", show_experts_apart, MINUTE, ADMITTING.stop),
)

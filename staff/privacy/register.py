"""The register of personal data: every table that holds something on people, and what lies outside the database.

Showing, exporting and erasing walk this list, docs/personal-data.md is printed from it, and a test compares it with the schema.
"""

from __future__ import annotations

from staff.permissions import Permission
from staff.privacy.item import Item, Place, Under

_BODY = ("body",)
_PERSON = ("person_id",)

REGISTER: tuple[Item, ...] = (
    Item(
        "directory",
        "directory",
        (
            Place("people", owned=("id",), told=_BODY),
            Place("role_grants", owned=_PERSON, told=_BODY),
            Place("planned_changes", owned=_PERSON, told=_BODY),
            Place("chat_users", owned=_PERSON),
        ),
        (Permission.DIRECTORY_READ,),
    ),
    Item(
        "upload",
        "upload",
        (Place("directory_drafts", owned=("uploaded_by",), told=_BODY, under=Under.ANY),),
    ),
    Item("files", "files", (Place("sealed_files", owned=_PERSON),)),
    Item(
        "leavers",
        "leavers",
        (Place("leavers", owned=_PERSON, told=_BODY),),
    ),
    Item("posts", "posts", (Place("post_periods", named=_PERSON),)),
    Item(
        "sign-in",
        "sign-in",
        (
            Place("web_sessions", owned=_PERSON),
            Place("sign_in_links", owned=_PERSON),
            Place("sign_in_codes", owned=_PERSON),
        ),
    ),
    Item(
        "audit",
        "audit",
        (
            Place("audit_people", owned=_PERSON),
            Place("audit_events", under=Under.PSEUDONYM, frozen=True),
        ),
        (Permission.AUDIT_READ,),
    ),
    Item("inbox", "messages", (Place("inbox", owned=_PERSON, told=("key", "body")),), own=True),
    Item(
        "outbox",
        "messages",
        (Place("outbox", told=("key", "body", "reference", "reason"), under=Under.RECIPIENT),),
        (Permission.OUTBOX_SETTLE,),
    ),
    Item("receipts", "receipts", (Place("receipts", told=("key", "body"), under=Under.MENTION),)),
    Item("contacts", "contacts", (Place("conversations", owned=_PERSON, told=("chat_user", "reference")),)),
    Item(
        "digest",
        "digest",
        (
            Place("digest_copies", owned=_PERSON, told=_BODY),
            Place("digest_subscriptions", owned=_PERSON, told=_BODY),
        ),
        own=True,
    ),
    Item("issues", "digest", (Place("digest_issues", told=_BODY),), (Permission.DIGEST_READ,)),
    Item(
        "questions",
        "questions",
        (Place("unanswered_questions", named=("asker",), told=("question",), under=Under.ASKER_CODE),),
        (Permission.QUESTIONS_READ,),
        own=True,
    ),
    Item("feedback", "questions", (Place("feedback", named=("asker",), under=Under.JUDGE_CODE),), own=True),
    Item(
        "inquiries",
        "questions",
        (
            Place("inquiries", told=_BODY, under=Under.ASKING),
            Place("inquiry_askers", owned=_PERSON, told=("recipient",)),
        ),
        (Permission.INQUIRY_ANSWER,),
        own=True,
    ),
    Item(
        "editing",
        "knowledge",
        (
            Place("article_versions", told=_BODY),
            Place("proposals", told=_BODY),
            Place("cases", told=_BODY),
        ),
        (Permission.KNOWLEDGE_READ,),
    ),
    Item(
        "documents",
        "knowledge",
        (Place("articles", told=_BODY, frozen=True),),
        (Permission.KNOWLEDGE_READ,),
    ),
    Item(
        "progress",
        "initiatives",
        (
            Place("progress_reports", told=_BODY),
            Place("initiative_versions", told=_BODY),
            Place("assignments", told=_BODY),
            Place("assignments_done", named=("done_by",)),
        ),
        (Permission.INITIATIVE_READ,),
    ),
    Item("asked", "answers", (Place("survey_people", owned=_PERSON),), (Permission.SURVEY_RATES,)),
    Item(
        "answers",
        "answers",
        (Place("survey_submissions", named=("respondent",), told=_BODY, under=Under.RESPONDENT),),
    ),
    Item(
        "drafts",
        "answers",
        (Place("survey_drafts", owned=_PERSON, told=_BODY), Place("survey_links", owned=_PERSON)),
        own=True,
    ),
    Item("anonymous", "answers", (Place("survey_heaps", under=Under.NOBODY, frozen=True),)),
    Item("closing", "answers", (Place("survey_snapshots", under=Under.NOBODY, frozen=True),)),
    Item("wishes", "wishes", (Place("survey_mutes", owned=_PERSON),), own=True),
    Item("absences", "wishes", (Place("survey_absences", owned=_PERSON),), (Permission.SURVEY_MANAGE,)),
    Item(
        "publications",
        "results",
        (
            Place("survey_publications", under=Under.NOBODY, frozen=True),
            Place("drawings", under=Under.NOBODY, frozen=True),
        ),
        (Permission.RESULTS_READ, Permission.RESULTS_READ_OWN, Permission.RESULTS_READ_SHARED),
    ),
    Item("assessments", "skills", (Place("assessments", owned=_PERSON, told=_BODY),), own=True),
    Item("plans", "skills", (Place("skill_plans", owned=_PERSON),), own=True),
    Item(
        "sharing",
        "skills",
        (
            Place("shared_levels", owned=_PERSON),
            Place("skill_comments", owned=_PERSON, named=("written_by",), told=_BODY),
        ),
        own=True,
    ),
    Item("profiles", "skills", (Place("expert_profiles", owned=_PERSON, told=_BODY),), own=True),
    Item(
        "holds",
        "records",
        (Place("record_holds", named=("placed_by", "lifted_by"), told=("reason",)),),
        (Permission.RECORDS_READ,),
    ),
    Item("trainings", "skills", (Place("trainings", owned=_PERSON),)),
)

# Tables that hold nothing on anybody; why, for whoever adds a column to one of them.
NOT_PERSONAL: dict[str, str] = {
    "migrations": "names of schema changes",
    "revisions": "numbers that tell processes to reload",
    "departments": "課 and 部",
    "audit_head": "the end of the chain",
    "audit_base": "the beginning of the chain",
    "audit_anchors": "hashes by day",
    "sign_in_attempts": "keyed by hashes, for ten minutes",
    "send_turns": "keyed by hashes, for a minute",
    "subjects": "keyed by hashes, for half an hour",
    "asker_keys": "a secret a quarter",
    "deletions": "how many rows went, when and why",
    "erasure_keys": "a secret",
    "drawing_marks": "what the drawings of a round were made of",
    "encodings": "vectors of articles' texts",
    "survey_rounds": "definitions",
    "survey_marks": "reminders sent, by day",
    "survey_setbacks": "why results of a round could not be made",
    "survey_keys": "a secret a round, until it closes",
    "skill_sets": "frameworks and catalogues",
    "development_goals": "how many people of a tier, no names",
}

OUTSIDE = ("logs", "exports", "backups", "slack", "teams", "browser")
"""What lies outside the database, told in docs/personal-data.md."""

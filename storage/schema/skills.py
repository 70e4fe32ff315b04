"""Assessments, plans, sharing, trainings and expert profiles."""

from __future__ import annotations

from storage.schema.changing import change
from storage.session import Tx


def skills(tx: Tx) -> None:
    """All of a person's, gone with the person."""
    change(
        tx,
        """
        create table assessments (
          person_id text not null references people (id) on delete cascade,
          at text not null,
          round_id text not null,
          body text not null,
          primary key (person_id, at)
        );
        create table skill_plans (
          person_id text not null references people (id) on delete cascade,
          resource_id text not null,
          position bigint not null,
          accepted_on text not null,
          done_on text,
          primary key (person_id, resource_id)
        );
        create index skill_plans_open on skill_plans (done_on, resource_id);
        create table shared_levels (
          person_id text primary key references people (id) on delete cascade,
          since text not null
        );
        create table skill_comments (
          person_id text not null references people (id) on delete cascade,
          at text not null,
          written_by text not null,
          body text not null,
          primary key (person_id, at, written_by)
        );
        create table trainings (
          person_id text not null references people (id) on delete cascade,
          attended_on text not null,
          title text not null,
          resource_id text not null,
          primary key (person_id, attended_on, title)
        );
        create table expert_profiles (
          person_id text primary key references people (id) on delete cascade,
          body text not null
        )
        """,
    )


def development_goals(tx: Tx) -> None:
    """The 育成計画: how many people of a tier are to be at a level by 年度. Without a skill, of the tier at all."""
    change(
        tx,
        """
        create table development_goals (
          year bigint not null,
          skill text not null,
          tier text not null,
          level bigint not null,
          people bigint not null,
          primary key (year, skill, tier, level)
        )
        """,
    )


def skill_sets(tx: Tx) -> None:
    """Frameworks and catalogues that the city took into use."""
    change(tx, "create table skill_sets (number bigint primary key, at text not null, body text not null)")

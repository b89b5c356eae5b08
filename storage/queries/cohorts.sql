-- name: add_cohort(cohort, name, starts_at, deadline, zone, welcome, capacity, made_by, made_at)!
-- Inserts a cohort; no effect if its id exists.
insert into cohorts (cohort, name, starts_at, deadline, zone, welcome, capacity, state, made_by, made_at)
values (:cohort, :name, :starts_at, :deadline, :zone, :welcome, :capacity, 'open', :made_by, :made_at)
on conflict (cohort) do nothing;

-- name: update_cohort(cohort, name, starts_at, deadline, zone, welcome, capacity, state)!
-- Updates all fields of a cohort that its facilitators set.
update cohorts set
    name = :name,
    starts_at = :starts_at,
    deadline = :deadline,
    zone = :zone,
    welcome = :welcome,
    capacity = :capacity,
    state = :state
where cohort = :cohort;

-- name: set_cohort_group(cohort, group_chat, at)!
-- Binds a cohort to a Telegram group, or with null unbinds it; the first summary is due at the end of the week.
update cohorts set group_chat = :group_chat, summarised_at = :at where cohort = :cohort;

-- name: unbind_group(group_chat)!
-- Unbinds every cohort from a group that no longer exists.
update cohorts set group_chat = null where group_chat = :group_chat;

-- name: migrate_group(group_chat, moved_to)!
-- Replaces a group's id after Telegram migrated it.
update cohorts set group_chat = :moved_to where group_chat = :group_chat;

-- name: queue_group_summary(cohort, recipient, subject, at)!
-- Queues the weekly summary for a cohort's group in the outbox, once for its subject.
insert into deliveries (recipient, kind, subject, state, due_at, made_at)
select
    group_chat as recipient,
    'summary' as kind,
    cast(:subject as text) as subject,
    'queued' as state,
    cast(:at as bigint) as due_at,
    cast(:at as bigint) as made_at
from cohorts
where cohort = :cohort and group_chat = :recipient
on conflict (recipient, kind, subject) do nothing;

-- name: mark_group_summarised(cohort, at)!
-- Records when the weekly summary was queued, so that it is not due again that week.
update cohorts set summarised_at = :at where cohort = :cohort;

-- name: fetch_cohort(cohort)
-- Fetches one cohort with its number of members.
select
    cohort,
    name,
    starts_at,
    deadline,
    zone,
    welcome,
    capacity,
    state,
    group_chat,
    made_at,
    (
        select count(*)
        from memberships
        where memberships.cohort = cohorts.cohort and left_at is null
    ) as members
from cohorts
where cohort = :cohort;

-- name: fetch_facilitated_cohorts(person, everything)
-- Fetches the cohorts that a person facilitates, or all; archived ones last, otherwise newest first.
select
    cohort,
    name,
    starts_at,
    deadline,
    zone,
    welcome,
    capacity,
    state,
    group_chat,
    made_at,
    (
        select count(*)
        from memberships
        where memberships.cohort = cohorts.cohort and left_at is null
    ) as members
from cohorts
where
    cast(:everything as smallint) = 1
    or exists (
        select 1
        from facilitators
        where facilitators.cohort = cohorts.cohort and person = :person
    )
order by case when state = 'archived' then 1 else 0 end, made_at desc, cohort desc;

-- name: fetch_cohort_groups()
-- Fetches cohorts with a group that are not archived, with the time of their last summary.
select
    cohort,
    zone,
    group_chat,
    summarised_at
from cohorts
where group_chat is not null and state <> 'archived';

-- name: schedule_members_check(cohort, at)!
-- Schedules a reminder check for all members of a cohort, since their deadline may have changed.
update learners set next_nudge_at = :at
where learner in (
    select learner
    from memberships
    where cohort = :cohort and left_at is null
);

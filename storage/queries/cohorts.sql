-- name: add_cohort(cohort, name, starts_at, deadline, zone, welcome, capacity, made_by, made_at)!
-- Makes a cohort; the same update makes one.
insert into cohorts (cohort, name, starts_at, deadline, zone, welcome, capacity, state, made_by, made_at)
values (:cohort, :name, :starts_at, :deadline, :zone, :welcome, :capacity, 'open', :made_by, :made_at)
on conflict (cohort) do nothing;

-- name: change_cohort(cohort, name, starts_at, deadline, zone, welcome, capacity, state)!
-- Sets everything about a cohort that its facilitators set.
update cohorts set
    name = :name,
    starts_at = :starts_at,
    deadline = :deadline,
    zone = :zone,
    welcome = :welcome,
    capacity = :capacity,
    state = :state
where cohort = :cohort;

-- name: bind_cohort(cohort, group_chat, at)!
-- Ties a cohort to a group, or with null unties it; the first summary is due after a week's end.
update cohorts set group_chat = :group_chat, summarised_at = :at where cohort = :cohort;

-- name: unbind_group(group_chat)!
-- Unties every cohort from a group that is gone.
update cohorts set group_chat = null where group_chat = :group_chat;

-- name: move_group(group_chat, moved_to)!
-- A group has got another id.
update cohorts set group_chat = :moved_to where group_chat = :group_chat;

-- name: summarise(cohort, at)!
-- Notes that the weekly summary goes out, before it does.
update cohorts set summarised_at = :at where cohort = :cohort;

-- name: unsummarise(cohort, at, expected)!
-- The summary that was noted at `expected` surely did not go out: it is due as before.
update cohorts set summarised_at = :at where cohort = :cohort and summarised_at = :expected;

-- name: cohort(cohort)
-- One cohort, and how many belong to it.
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

-- name: cohorts_led(person, everything)
-- The cohorts that somebody facilitates, or all of them; those that are not over first, the newest first.
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

-- name: cohorts_bound()
-- Cohorts that have a group, with when their last summary went out.
select
    cohort,
    zone,
    group_chat,
    summarised_at
from cohorts
where group_chat is not null and state <> 'archived';

-- name: look_at_members(cohort, at)!
-- Whoever belongs to a cohort is looked at anew, since a deadline of theirs may have changed.
update learners set next_nudge_at = :at
where learner in (
    select learner
    from memberships
    where cohort = :cohort and left_at is null
);

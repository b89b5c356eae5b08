-- name: members_watched(cohort, beyond, most)
-- Who belongs to a cohort and what the radar looks at besides their facts, in pages by learner.
select
    memberships.learner,
    memberships.membership,
    memberships.name,
    memberships.pseudonym,
    memberships.joined_at,
    learners.active_at,
    learners.stopped_at,
    learners.unreachable_at
from memberships
inner join learners on memberships.learner = learners.learner
where memberships.cohort = :cohort and memberships.left_at is null and memberships.learner > :beyond
order by memberships.learner
limit :most;

-- name: facts_watched(cohort, beyond, until)
-- What the members of one such page read (kind 1) and answered (kind 2), in no order.
select
    memberships.learner,
    1 as kind,
    readings.item,
    0 as number,
    null as options,
    readings.at,
    readings.update_id,
    0 as correct
from memberships
inner join readings on memberships.learner = readings.learner
where
    memberships.cohort = :cohort and memberships.left_at is null
    and memberships.learner > :beyond and memberships.learner <= :until
union all
select
    memberships.learner,
    2 as kind,
    attempts.question as item,
    attempts.ordinal as number,
    attempts.options,
    attempts.at,
    attempts.update_id,
    attempts.correct
from memberships
inner join attempts on memberships.learner = attempts.learner
where
    memberships.cohort = :cohort and memberships.left_at is null
    and memberships.learner > :beyond and memberships.learner <= :until;

-- name: seen_in(cohort)
-- When facilitators last dealt with what they saw on the radar.
select learner, reason, at
from seen
where cohort = :cohort;

-- name: see(cohort, learner, reason, at)!
-- Somebody has dealt with it.
insert into seen (cohort, learner, reason, at)
select
    cohort,
    learner,
    cast(:reason as text) as reason,
    cast(:at as bigint) as at
from memberships
where cohort = :cohort and learner = :learner and left_at is null
on conflict (cohort, learner, reason) do update set at = excluded.at
where seen.at < excluded.at;

-- name: digests()
-- Who gets a daily digest of which cohort, and when.
select
    facilitators.person,
    facilitators.cohort,
    digest_hour,
    digested_at,
    told_until,
    coalesce(facilitators.zone, cohorts.zone) as zone
from facilitators
inner join cohorts on facilitators.cohort = cohorts.cohort
where digest_hour is not null and state <> 'archived'
order by facilitators.person, cohorts.made_at, facilitators.cohort;

-- name: take_digest(person, cohort, expected, at)!
-- Notes that the digest of a day is made, before it goes; of two who do so the first one counts.
update facilitators set digested_at = :at
where person = :person and cohort = :cohort and coalesce(digested_at, 0) = :expected;

-- name: digest_told(person, cohort, at)!
-- Notes up to when a facilitator was told.
update facilitators set told_until = :at where person = :person and cohort = :cohort;

-- name: set_digest(person, hour)!
-- At which hour of the day somebody gets the digests of all their cohorts; null for none.
update facilitators set digest_hour = :hour where person = :person;

-- name: digest_hours(person)
-- The same, read.
select
    cohorts.name,
    digest_hour
from facilitators
inner join cohorts on facilitators.cohort = cohorts.cohort
where person = :person and state <> 'archived'
order by cohorts.made_at, cohorts.cohort;

-- name: digest_taken(person, cohort)
-- When the last digest was made.
select digested_at
from facilitators
where person = :person and cohort = :cohort;

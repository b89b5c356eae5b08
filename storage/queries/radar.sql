-- name: fetch_radar_members(cohort, beyond, most)
-- Fetches the members of a cohort with what the radar needs besides their facts, in pages by learner.
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

-- name: fetch_radar_facts(cohort, beyond, until)
-- Fetches the readings (kind 1) and attempts (kind 2) of the members in one page, in no order.
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

-- name: fetch_handled_concerns(cohort)
-- Fetches when facilitators last handled each concern about each member.
select learner, reason, at
from seen
where cohort = :cohort;

-- name: mark_concern_handled(cohort, learner, reason, at)!
-- Records that a facilitator handled a concern about a member.
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

-- name: fetch_digests()
-- Fetches all daily digests: facilitator, cohort and schedule.
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

-- name: claim_digest(person, cohort, expected, at)!
-- Claims the digest of a day before it is sent; of two processes the first one wins.
update facilitators set digested_at = :at
where person = :person and cohort = :cohort and coalesce(digested_at, 0) = :expected;

-- name: mark_digest_reported(person, cohort, at)!
-- Records up to when everything was reported to a facilitator.
update facilitators set told_until = :at where person = :person and cohort = :cohort;

-- name: set_digest_hour(person, hour)!
-- Sets the hour of a facilitator's digests of all their cohorts; null for none.
update facilitators set digest_hour = :hour where person = :person;

-- name: fetch_digest_hours(person)
-- Fetches the hour of a facilitator's digest of each cohort.
select
    cohorts.name,
    digest_hour
from facilitators
inner join cohorts on facilitators.cohort = cohorts.cohort
where person = :person and state <> 'archived'
order by cohorts.made_at, cohorts.cohort;

-- name: fetch_digest_claim(person, cohort)
-- Fetches when the last digest was made.
select digested_at
from facilitators
where person = :person and cohort = :cohort;

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
-- Fetches all daily digests: facilitator, cohort and schedule; without people who stopped messages or blocked the bot.
select
    facilitators.person,
    facilitators.cohort,
    digest_hour,
    digested_at,
    told_until,
    coalesce(facilitators.zone, cohorts.zone) as zone
from facilitators
inner join cohorts on facilitators.cohort = cohorts.cohort
left join learners on facilitators.person = learners.learner
where digest_hour is not null and state <> 'archived' and learners.stopped_at is null and learners.unreachable_at is null
order by facilitators.person, cohorts.made_at, facilitators.cohort;

-- name: fetch_digests_of_person(person)
-- Like `fetch_digests`, of one facilitator.
select
    facilitators.person,
    facilitators.cohort,
    digest_hour,
    digested_at,
    told_until,
    coalesce(facilitators.zone, cohorts.zone) as zone
from facilitators
inner join cohorts on facilitators.cohort = cohorts.cohort
left join learners on facilitators.person = learners.learner
where
    facilitators.person = :person
    and digest_hour is not null and state <> 'archived' and learners.stopped_at is null and learners.unreachable_at is null
order by cohorts.made_at, facilitators.cohort;

-- name: queue_digest(person, subject, at)!
-- Queues a facilitator's digest in the outbox, once for its subject.
insert into deliveries (recipient, kind, subject, state, due_at, made_at)
select
    person as recipient,
    'digest' as kind,
    cast(:subject as text) as subject,
    'queued' as state,
    cast(:at as bigint) as due_at,
    cast(:at as bigint) as made_at
from facilitators
where person = :person
group by person
on conflict (recipient, kind, subject) do nothing;

-- name: mark_digest_queued(person, cohort, at)!
-- Records when the digest of a cohort was queued, so that it is not due again that day.
update facilitators set digested_at = :at where person = :person and cohort = :cohort;

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

-- Pages of whole tables, each starting after the key of the last row. `everything` is 1 for all learners, 0 for members of the
-- cohorts that a person facilitates.

-- name: export_learners(everything, person, learner, most)
-- All learners.
select learner, joined_at, language, pace, paused_at, stopped_at, unreachable_at, active_at
from learners
where
    learner > :learner
    and (
        :everything = 1
        or learner in (
            select memberships.learner
            from memberships
            inner join facilitators on memberships.cohort = facilitators.cohort
            where facilitators.person = :person and memberships.left_at is null
        )
    )
order by learner
limit :most;

-- name: export_members(everything, person, learner, cohort, most)
-- Memberships, past ones included.
select learner, cohort, pseudonym, joined_at, left_at
from memberships
where
    learner >= :learner
    and (learner > :learner or cohort > :cohort)
    and (
        :everything = 1
        or (
            left_at is null
            and cohort in (select facilitators.cohort from facilitators where facilitators.person = :person)
        )
    )
order by learner, cohort
limit :most;

-- name: export_progress(everything, person, learner, item, most)
-- Milestones reached, without joining.
select learner, item, at, minutes
from milestones
where
    learner >= :learner and item <> '#joined'
    and (learner > :learner or item > :item)
    and (
        :everything = 1
        or learner in (
            select memberships.learner
            from memberships
            inner join facilitators on memberships.cohort = facilitators.cohort
            where facilitators.person = :person and memberships.left_at is null
        )
    )
order by learner, item
limit :most;

-- name: export_answers(learner, question, ordinal, most)
-- Attempts.
select learner, question, ordinal, options, correct, course_version, at, hour, took
from attempts
where
    learner >= :learner
    and (
        learner > :learner
        or question > :question
        or (question = :question and ordinal > :ordinal)
    )
order by learner, question, ordinal
limit :most;

-- name: export_deliveries(learner, kind, subject, most)
-- Deliveries; without notifications of facilitators, which are no messages to the learner.
select learner, kind, subject, state, reason, made_at, due_at, sent_at
from deliveries
where
    kind <> 'question'
    and learner >= :learner
    and (
        learner > :learner
        or kind > :kind
        or (kind = :kind and subject > :subject)
    )
order by learner, kind, subject
limit :most;

-- name: export_nudges(learner, opportunity, most)
-- Due reminders, with what followed them.
select learner, opportunity, kind, wording, arm, at, back_at, stopped, blocked, snoozed
from nudges
where learner >= :learner and (learner > :learner or opportunity > :opportunity)
order by learner, opportunity
limit :most;

-- name: export_cohorts(everything, person, cohort, most)
-- Cohorts.
select
    cohort,
    name,
    zone,
    starts_at,
    deadline,
    state,
    capacity,
    made_at,
    (
        select count(*)
        from memberships
        where memberships.cohort = cohorts.cohort and memberships.left_at is null
    ) as members
from cohorts
where
    cohort > :cohort
    and (
        :everything = 1
        or cohort in (select facilitators.cohort from facilitators where facilitators.person = :person)
    )
order by cohort
limit :most;

-- name: count_answers()
-- Counts all answers, from the counters.
select coalesce(sum(count), 0) as answers
from counts
where cohort = 0 and kind in ('first answer', 'later answer') and gone = 0;

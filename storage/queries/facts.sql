-- name: add_reading(learner, item, at, update_id, uncounted)!
-- Appends a reading; no effect if it is there already.
insert into readings (learner, item, at, update_id, uncounted)
values (:learner, :item, :at, :update_id, :uncounted)
on conflict do nothing;

-- name: add_attempt(learner, question, ordinal, options, correct, course_version, at, update_id, hour, took, standing)!
-- Appends an attempt; no effect for a redelivered update, or a second answer to the same asking.
insert into attempts (
    learner, question, ordinal, options, correct, course_version, at, update_id, hour, took, standing, uncounted
)
values (
    :learner, :question, :ordinal, :options, :correct, :course_version, :at, :update_id, :hour, :took, :standing, 1
)
on conflict do nothing;

-- name: fetch_facts(learner)
-- Fetches a learner's readings and attempts; for readings, the columns from `ordinal` on are null.
select
    item,
    at,
    update_id,
    null as ordinal,
    null as options,
    null as correct,
    null as hour
from readings
where learner = :learner
union all
select
    question as item,
    at,
    update_id,
    ordinal,
    options,
    correct,
    hour
from attempts
where learner = :learner;

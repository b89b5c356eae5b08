-- name: add_learner(learner, joined_at, language)!
-- Makes room for somebody new; changes nothing for somebody known.
insert into learners (learner, joined_at, language, plain)
values (:learner, :joined_at, :language, 0)
on conflict (learner) do nothing;

-- name: set_plain(learner, plain)!
-- Switches the plain-text mode.
update learners set plain = :plain where learner = :learner;

-- name: set_stopped(learner, stopped_at)!
-- Stops everything proactive, or allows it again with null.
update learners set stopped_at = :stopped_at where learner = :learner;

-- name: set_language(learner, language)!
-- Remembers the language that Telegram told last.
update learners set language = :language where learner = :learner;

-- name: set_unreachable(learner, unreachable_at)!
-- Remembers that the learner blocked the bot, or with null that they can be reached again.
update learners set unreachable_at = :unreachable_at where learner = :learner;

-- name: delete_learner(learner)!
-- Forgets a learner; their facts go with the row.
delete from learners where learner = :learner;

-- name: count_learners()$
-- How many learners there are.
select count(*) from learners;

-- name: history_of(learner)
-- Everything kept about one learner in one read: their own row (kind 0), what they read (1), what they answered (2).
select
    0 as kind,
    language as item,
    plain as number,
    null as options,
    joined_at as at,
    stopped_at as update_id,
    unreachable_at as extra
from learners
where learner = :learner
union all
select
    1 as kind,
    item,
    0 as number,
    null as options,
    at,
    update_id,
    null as extra
from readings
where learner = :learner
union all
select
    2 as kind,
    question as item,
    ordinal as number,
    options,
    at,
    update_id,
    correct as extra
from attempts
where learner = :learner;

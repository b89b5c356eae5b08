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

-- name: set_reachable(learner, at)!
-- The learner wrote in their own chat, so whatever was noted before that does not hold any more.
update learners set unreachable_at = null where learner = :learner and unreachable_at < :at;

-- name: delete_learner(learner)!
-- Forgets a learner; their facts go with the row.
delete from learners where learner = :learner;

-- name: count_learners()$
-- How many learners there are.
select count(*) from learners;

-- name: ask_zone(learner)!
-- Notes that somebody was asked where they are and has not told: an empty zone, which every reader takes for none.
update learners set zone = '' where learner = :learner and zone is null;

-- name: set_wishes(learner, stopped, paused, at, zone, remind_at, as_usual, quiet_from, quiet_to, rest_days, pace, snoozed_until)!
-- Sets everything about reminders; since when they are stopped or paused stays as it was, and that a zone was told or asked for:
-- without one, it becomes empty.
update learners set
    stopped_at = case when cast(:stopped as smallint) = 1 then coalesce(stopped_at, :at) end,
    paused_at = case when cast(:paused as smallint) = 1 then coalesce(paused_at, :at) end,
    zone = coalesce(:zone, case when zone is not null then '' end),
    remind_at = :remind_at,
    as_usual = :as_usual,
    quiet_from = :quiet_from,
    quiet_to = :quiet_to,
    rest_days = :rest_days,
    pace = :pace,
    snoozed_until = :snoozed_until
where learner = :learner;

-- name: see_learner(learner, update_id, at, look_at)!
-- The learner did something of which nothing else is kept: reminders count from then, and the first of them comes
-- sooner than a second one that was to come. Where none was to come it is looked at once: a deadline may be near.
update learners set
    active_at = :at,
    next_nudge_at = case
        when next_nudge_at is null then :at
        when next_nudge_at <= :look_at then next_nudge_at
        else :look_at
    end
where
    learner = :learner and coalesce(active_at, 0) < :at
    and exists (
        select 1
        from inbox
        where inbox.update_id = :update_id and applied_at is null
    );

-- name: set_active(learner, at)!
-- The learner set something: reminders count from then.
update learners set active_at = :at where learner = :learner;

-- name: schedule(learner, at)!
-- Sets when to look whether a nudge is due.
update learners set next_nudge_at = :at where learner = :learner;

-- name: reschedule(learner, expected, at)!
-- The same, unless the learner did something since.
update learners set next_nudge_at = :at where learner = :learner and next_nudge_at = :expected;

-- name: due_learners(now, most)
-- For whom to look whether a nudge is due, the latest first.
select learner, next_nudge_at
from learners
where next_nudge_at <= :now
order by next_nudge_at
limit :most;

-- name: history_of(learner)
-- Everything kept about one learner in one read: their own row (kind 0), what they read (1), what they answered (2; extra is 1
-- for right, and 2 more where the hour is kept), and the cohorts that they belong to with their deadlines and the zones of
-- these (3).
-- What they set and where reminding stands is one text, so that the other rows have no columns for it; a zone that was never asked
-- for is a hyphen.
select
    0 as kind,
    language as item,
    plain as number,
    coalesce(zone, '-')
    || ';' || coalesce(cast(remind_at as text), '')
    || ';' || as_usual
    || ';' || quiet_from
    || ';' || quiet_to
    || ';' || rest_days
    || ';' || pace
    || ';' || coalesce(cast(snoozed_until as text), '')
    || ';' || coalesce(cast(paused_at as text), '')
    || ';' || coalesce(cast(active_at as text), '')
    || ';' || nudges_used
    || ';' || coalesce(cast(nudged_at as text), '')
    || ';' || coalesce(cast(deadline_used as text), '')
    || ';' || coalesce(cast(proactive_at as text), '')
    || ';' || coalesce(cast(next_nudge_at as text), '')
        as options,
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
    correct + case when hour is null then 0 else 2 end as extra
from attempts
where learner = :learner
union all
select
    3 as kind,
    cohorts.zone as item,
    0 as number,
    null as options,
    cohorts.deadline as at,
    cohorts.cohort as update_id,
    null as extra
from memberships
inner join cohorts on memberships.cohort = cohorts.cohort
where
    memberships.learner = :learner
    and memberships.left_at is null
    and cohorts.state <> 'archived';
